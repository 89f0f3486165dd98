import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { UpdatePart } from '../actions';

/** The `Content-Type` of {@link encodeBoardState}. */
export const BOARD_STATE_TYPE = 'application/vnd.parley.board';

/** What `GET /api/exchanges/:id/board` answers: the snapshot, and what was stored after it. */
export interface BoardState {
  /** Everything stored up to this `seq` is in here; 0 when nothing was ever stored. */
  readonly seq: number;
  /** A Yjs update (V1) with everything that was compacted; absent where the asker has it, or there is none. */
  readonly snapshot?: Uint8Array;
  /** What was stored since, in the order of `seq`. */
  readonly tail: readonly TailUpdate[];
}

export interface TailUpdate {
  readonly userId: string;
  readonly update: Uint8Array;
  readonly part?: UpdatePart;
}

const VERSION = 1;

/** Bytes instead of JSON: a board of thousands of strokes is sent as it is stored. */
export function encodeBoardState({ seq, snapshot, tail }: BoardState): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, VERSION);
  encoding.writeVarUint(out, seq);
  encoding.writeVarUint(out, snapshot === undefined ? 0 : 1);
  if (snapshot !== undefined) encoding.writeVarUint8Array(out, snapshot);
  encoding.writeVarUint(out, tail.length);
  for (const { userId, update, part } of tail) {
    encoding.writeVarString(out, userId);
    encoding.writeVarUint8Array(out, update);
    encoding.writeVarUint(out, part === undefined ? 0 : 1);
    if (part === undefined) continue;
    encoding.writeVarString(out, part.of);
    encoding.writeVarUint(out, part.index);
    encoding.writeVarUint(out, part.count);
  }
  return encoding.toUint8Array(out);
}

/** @throws Error when the bytes are something else, or of a version that is not known here */
export function decodeBoardState(bytes: Uint8Array): BoardState {
  const from = decoding.createDecoder(bytes);
  const version = decoding.readVarUint(from);
  if (version !== VERSION) throw new Error(`The board came in version ${version}; this page reads ${VERSION}.`);
  const seq = decoding.readVarUint(from);
  const snapshot = decoding.readVarUint(from) === 1 ? decoding.readVarUint8Array(from) : undefined;
  const tail: TailUpdate[] = [];
  for (let left = decoding.readVarUint(from); left > 0; left -= 1) {
    const userId = decoding.readVarString(from);
    const update = decoding.readVarUint8Array(from);
    const isPart = decoding.readVarUint(from) === 1;
    const part = isPart
      ? { of: decoding.readVarString(from), index: decoding.readVarUint(from), count: decoding.readVarUint(from) }
      : undefined;
    tail.push({ userId, update, ...(part && { part }) });
  }
  return { seq, ...(snapshot && { snapshot }), tail };
}
