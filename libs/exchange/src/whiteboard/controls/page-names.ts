import type { BoardPage } from '@parley/board';

/** What a page is called: `Board`, `plan.pdf`, `plan.pdf, page 2` where the board has more than one sheet of it. */
export function pageName(page: BoardPage, pages: readonly BoardPage[]): string {
  const { kind, name, file, sheet } = page;
  if (kind === 'board') return name === '' ? 'Board' : name;
  const isOneOfMany = sheet !== undefined && pages.some((other) => other.id !== page.id && other.file === file);
  const called = name === '' ? 'Document' : name;
  return isOneOfMany ? `${called}, page ${sheet}` : called;
}
