import type { LiveState } from './live/live-state';

/** What travels on `exchange/whiteboard:ID` (docs/protocol.md, W). */
export interface BoardActions {
  /** Stored. A Yjs update (V1), or a part of one that does not fit into a frame. */
  'board-update': BoardUpdate;
  /** Volatile. Where somebody's pointer is and what they are doing, about once a frame. */
  'board-live': LiveState;
  /** Not stored: whoever hears it asks for the exchange's files again. */
  'board-files': Record<string, never>;
}

export interface BoardUpdate {
  /** Base64. Gone where the server has merged it into its snapshot. */
  readonly update?: string;
  /** Where `update` is only a part. */
  readonly part?: UpdatePart;
  /** Instead of `update`: it is in the snapshot. */
  readonly compacted?: true;
}

/** A part of an update: all those of one user with the same `of` together are one, in the order of `index`. */
export interface UpdatePart {
  /** Made by the sender, 1 to 64 of `[A-Za-z0-9_-]`. */
  readonly of: string;
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** Bytes of an update that go into one message at most: as Base64, with what is around it, below a payload's limit (F3). */
export const PART_BYTES = 40 * 1024;
/** Parts of one update at most. */
export const PARTS_MAX = 512;
