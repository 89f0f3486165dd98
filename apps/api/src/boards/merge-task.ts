import { mergeBoard, readUpdate, type TailUpdate } from '@parley/board/wire';
import type { BoardRow, MergedRows } from '@parley/persistence';

/** What the worker is given; copied to it. */
export interface MergeTask {
  readonly snapshot: Uint8Array | undefined;
  readonly tail: readonly BoardRow[];
}

/** Merges stored rows; those that are no updates go, since nobody's board shows them. */
export function mergeRows({ snapshot, tail }: MergeTask): MergedRows {
  const updates: TailUpdate[] = [];
  const places: number[] = [];
  for (const [place, { userId, payload }] of tail.entries()) {
    const read = readUpdate(payload);
    if (read === undefined || read === 'compacted') continue;
    updates.push({ userId, ...read });
    places.push(place);
  }
  const merged = mergeBoard(snapshot, updates);
  return {
    snapshot: merged.snapshot,
    left: merged.left.flatMap((place) => places[place] ?? []),
  };
}
