import { PARTS_MAX, type UpdatePart } from '../actions';

interface Begun {
  readonly parts: (Uint8Array | undefined)[];
  missing: number;
  bytes: number;
}

/**
 * Bytes of one user's unfinished updates that are waited for; the oldest make room. More than all windows of an honest user
 * have under way.
 */
const BEGUN_BYTES = 64 * 1024 * 1024;

/** Puts together updates that came in parts, in any order, repeats included. */
export class UpdateParts {
  readonly #begun = new Map<string, Map<string, Begun>>();

  /** @returns the whole update, with its last part */
  add(userId: string, { of, index, count }: UpdatePart, bytes: Uint8Array): Uint8Array | undefined {
    if (!Number.isInteger(count) || count < 1 || count > PARTS_MAX) return undefined;
    if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
    const mine = this.#begun.get(userId) ?? new Map<string, Begun>();
    this.#begun.set(userId, mine);
    const begun = mine.get(of) ?? {
      parts: new Array<Uint8Array | undefined>(count).fill(undefined),
      missing: count,
      bytes: 0,
    };
    if (begun.parts.length !== count || begun.parts[index] !== undefined) return undefined;
    begun.parts[index] = bytes;
    begun.missing -= 1;
    begun.bytes += bytes.length;
    if (begun.missing > 0) {
      mine.set(of, begun);
      makeRoom(mine);
      return undefined;
    }
    mine.delete(of);
    if (mine.size === 0) this.#begun.delete(userId);
    return joined(begun.parts);
  }
}

function makeRoom(begun: Map<string, Begun>): void {
  let bytes = [...begun.values()].reduce((sum, each) => sum + each.bytes, 0);
  for (const [of, oldest] of begun) {
    if (bytes <= BEGUN_BYTES) return;
    begun.delete(of);
    bytes -= oldest.bytes;
  }
}

function joined(parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + (part?.length ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    if (part === undefined) continue;
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
