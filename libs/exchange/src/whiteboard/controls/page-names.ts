import type { BoardPage } from '@parley/board';

/** What a page is called: `Board`, `plan.pdf, 2 of 20`: the names of documents' pages say which sheet they are. */
export function pageName({ kind, name }: BoardPage): string {
  if (name !== '') return name;
  return kind === 'board' ? 'Board' : 'Document';
}
