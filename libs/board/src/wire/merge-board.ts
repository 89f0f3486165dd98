import * as Y from 'yjs';
import type { TailUpdate } from './board-state';
import { SkippingDecoder } from './skipping-decoder';
import { UpdateParts } from './update-parts';

/** What {@link mergeBoard} made of a snapshot and what was stored after it. */
export interface MergedBoard {
  readonly snapshot: Uint8Array;
  /** Places in `tail` of what is not in the snapshot: parts of updates whose other parts have not come. */
  readonly left: readonly number[];
  /** Updates that were none, or that Yjs could not take: nobody's board shows them. */
  readonly broken: number;
}

/**
 * One update in place of many. What was deleted is gone from it (Yjs collects it), so that its size is that of the board and
 * not of its past. It takes CPU: about as long as opening the board in a page.
 */
export function mergeBoard(snapshot: Uint8Array | undefined, tail: readonly TailUpdate[]): MergedBoard {
  const doc = new Y.Doc();
  const parts = new UpdateParts();
  const waiting = new Map<string, number[]>();
  let broken = 0;
  if (snapshot !== undefined) Y.applyUpdate(doc, snapshot);
  doc.transact(() => {
    for (const [place, { userId, update, part }] of tail.entries()) {
      const key = part === undefined ? undefined : `${userId} ${part.of}`;
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), place]);
      const whole = part === undefined ? update : parts.add(userId, part, update);
      if (whole === undefined) continue;
      if (key !== undefined) waiting.delete(key);
      if (!applyUpdate(doc, whole)) broken += 1;
    }
  });
  const merged = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return { snapshot: merged, left: [...waiting.values()].flat().sort((one, other) => one - other), broken };
}

/**
 * Applies what somebody else sent, which may be anything. The same is refused everywhere, so that all boards stay the same.
 *
 * @returns false when it is no update
 */
export function applyUpdate(doc: Y.Doc, update: Uint8Array, origin?: unknown): boolean {
  try {
    // What was deleted is read last, when the document has the rest already: whatever has no end is found here, before.
    Y.decodeUpdateV2(update, SkippingDecoder);
    // Throws for all else before the document is touched.
    Y.applyUpdate(doc, update, origin);
    return true;
  } catch {
    // Whoever counts is told by the result: there is nothing else to say of bytes that mean nothing.
    return false;
  }
}
