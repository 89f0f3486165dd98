import * as Y from 'yjs';
import { FIRST_PAGE, type BoardPage } from './page';
import { isRecord } from './read-shape';

/** Units of a page's side at most: 60 inches. */
const SIDE_MAX = 20_000;

/** As the server gives ids out. A file's becomes part of an address, so nothing else may pass for one. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The page that is always there. */
export function firstPage(entry: unknown): BoardPage {
  const locked = entry instanceof Y.Map && entry.get('locked') === true;
  return { id: FIRST_PAGE, kind: 'board', name: '', width: 0, height: 0, locked, order: 0 };
}

/** @returns undefined for what is no page */
export function readPage(id: string, entry: unknown): BoardPage | undefined {
  if (!(entry instanceof Y.Map)) return undefined;
  const made: unknown = entry.get('made');
  if (!isRecord(made)) return undefined;
  const { kind, name, file, sheet, width, height, order } = made;
  const locked = entry.get('locked') === true;
  if (typeof name !== 'string' || name.length > 300 || typeof order !== 'number' || !Number.isFinite(order))
    return undefined;
  if (kind === 'board') return { id, kind, name, width: 0, height: 0, locked, order };
  if (kind !== 'document' || !isSide(width) || !isSide(height)) return undefined;
  if (typeof file !== 'string' || !uuid.test(file)) return undefined;
  if (typeof sheet !== 'number' || !Number.isInteger(sheet) || sheet < 1) return undefined;
  return { id, kind, name, file, sheet, width, height, locked, order };
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= SIDE_MAX;
}
