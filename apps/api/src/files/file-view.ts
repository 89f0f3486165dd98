import type { ExchangeFileRow } from '@parley/persistence';
import { fileTypes, type ExchangeFile } from '@parley/protocol';

/** A file as the participants see it (A8). */
export function fileView(row: ExchangeFileRow): ExchangeFile {
  const { id, name, bytes, pages, width, height, addedBy } = row;
  const type = fileTypes.find((each) => each === row.type);
  if (type === undefined) throw new Error(`The file ${id} is kept with a type that none may have.`);
  return { id, name, type, bytes, pages, width, height, addedBy, addedAt: row.addedAt.toISOString() };
}
