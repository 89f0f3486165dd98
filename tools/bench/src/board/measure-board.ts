import { decodeBoardState, type BoardState } from '@parley/board/wire';
import { HttpPerson } from '@parley/harness';
import { formatTopic } from '@parley/protocol';
import * as Y from 'yjs';
import { book } from '../stack/exchange';
import { Stack } from '../stack/stack';
import { storeUpdates } from './store-updates';

export interface BoardOptions {
  readonly updates: number;
  readonly seed: number;
  readonly program?: string | undefined;
}

/** One opening of the board. */
export interface Opening {
  readonly bytes: number;
  /** Milliseconds from the request to the last byte. */
  readonly fetched: number;
  /** Milliseconds from the bytes to the document. */
  readonly applied: number;
  readonly tail: number;
  /** Whether it has all that was drawn. */
  readonly complete: boolean;
}

export interface BoardFigures {
  readonly updates: number;
  readonly before: readonly Opening[];
  readonly after: readonly Opening[];
  readonly compaction: { readonly times: number; readonly seconds: number };
}

const OPENINGS = 5;

/** Opens a board with a long past before the server has compacted it, and afterwards. */
export async function measureBoard({ updates, seed, program }: BoardOptions): Promise<BoardFigures> {
  const stack = await Stack.start({ env: { BOARD_COMPACT_AFTER: '1000000' }, program });
  try {
    const ann = await HttpPerson.register(stack.server, 'Ann');
    const { id } = await book(ann, []);
    const topic = formatTopic('exchange', 'whiteboard', id);
    const doc = await storeUpdates({ pool: stack.database, topic, userId: ann.userId, updates, seed });
    const drawn = JSON.stringify(shapesOf(doc));
    const before = await openings(ann, id, drawn);
    await stack.endServer('SIGTERM');
    await stack.startServer({ BOARD_COMPACT_AFTER: '200' });
    const reader = ann.at(stack.server);
    while ((await read(reader, id)).state.tail.length > 0);
    const after = await openings(reader, id, drawn);
    return { updates, before, after, compaction: await compactions(reader) };
  } finally {
    await stack.stop();
  }
}

async function openings(person: HttpPerson, id: string, drawn: string): Promise<readonly Opening[]> {
  const done: Opening[] = [];
  for (let count = 0; count < OPENINGS; count += 1) done.push(await open(person, id, drawn));
  return done;
}

async function open(person: HttpPerson, id: string, drawn: string): Promise<Opening> {
  const started = performance.now();
  const { bytes, state } = await read(person, id);
  const fetched = performance.now();
  const doc = new Y.Doc();
  doc.transact(() => {
    if (state.snapshot !== undefined) Y.applyUpdate(doc, state.snapshot);
    for (const { update } of state.tail) Y.applyUpdate(doc, update);
  });
  const applied = performance.now();
  return {
    bytes,
    fetched: fetched - started,
    applied: applied - fetched,
    tail: state.tail.length,
    complete: JSON.stringify(shapesOf(doc)) === drawn,
  };
}

async function read(person: HttpPerson, id: string): Promise<{ bytes: number; state: BoardState }> {
  const { status, bytes } = await person.download(`/api/exchanges/${id}/board`);
  if (status !== 200) throw new Error(`The board was answered with ${status}.`);
  return { bytes: bytes.length, state: decodeBoardState(bytes) };
}

/** In one order, whatever order the updates came in. */
function shapesOf(doc: Y.Doc): unknown {
  const shapes = [...doc.getMap<Y.Map<unknown>>('shapes')];
  const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1);
  return shapes.sort(byName).map(([id, shape]) => [id, [...shape].sort(byName)]);
}

async function compactions(person: HttpPerson): Promise<BoardFigures['compaction']> {
  const { body } = await person.request('GET', '/api/metrics');
  const figure = (name: string): number =>
    Number(new RegExp(`^parley_board_compaction_seconds_${name} (\\S+)$`, 'm').exec(String(body))?.[1]);
  return { times: figure('count'), seconds: figure('sum') };
}
