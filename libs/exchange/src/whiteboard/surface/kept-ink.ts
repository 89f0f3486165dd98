import type { LiveInk, OtherLive } from '@parley/board';

/** Milliseconds for which ink is still shown whose end was told and whose finished shape has not come. */
export const KEPT_MS = 1_000;
/** Lines of one window that are shown at most: each may hold a picture as large as the board. Nobody draws more in that time. */
export const LINES_MAX = 6;

interface Kept {
  readonly connectionId: string;
  readonly page: string;
  readonly ink: LiveInk;
  /** When it was told for the last time. */
  readonly at: number;
  readonly isTold: boolean;
}

export type OthersInk = Pick<Kept, 'connectionId' | 'page' | 'ink'>;

/** Ink that others draw: shown as it comes, and until its finished shape takes its place. */
export class KeptInk {
  readonly #kept = new Map<string, Kept>();
  /** Of each window: the line that has become a shape, whatever is still told of it. */
  readonly #finished = new Map<string, string>();

  /**
   * @param now milliseconds, of a clock that only goes on
   * @param isFinished whether there is a shape of this id
   */
  heard(others: readonly OtherLive[], now: number, isFinished: (id: string) => boolean): void {
    const told = new Map(others.map((other) => [other.connectionId, other.live]));
    for (const [id, kept] of this.#kept) {
      const live = told.get(kept.connectionId);
      if (live?.ink?.id === id) continue;
      if (kept.isTold) this.#kept.set(id, { ...kept, isTold: false, at: now });
    }
    for (const [connectionId, { ink, page }] of told) {
      if (ink === undefined || this.#finished.get(connectionId) === ink.id) continue;
      this.#kept.set(ink.id, { connectionId, page, ink, at: now, isTold: true });
    }
    this.settle(isFinished);
    this.#dropOldest();
    for (const connectionId of this.#finished.keys()) if (!told.has(connectionId)) this.#finished.delete(connectionId);
  }

  /** After the scene changed: what has become a shape is not shown here any more. */
  settle(isFinished: (id: string) => boolean): void {
    for (const [id, { connectionId }] of this.#kept) {
      if (!isFinished(id)) continue;
      this.#kept.delete(id);
      this.#finished.set(connectionId, id);
    }
  }

  /** @returns what is to be seen on a page, and whether it has to be asked again without anything having happened */
  on(page: string, now: number): { readonly inks: readonly OthersInk[]; readonly waits: boolean } {
    let waits = false;
    for (const [id, { isTold, at }] of this.#kept) {
      if (isTold) continue;
      if (now - at > KEPT_MS) this.#kept.delete(id);
      else waits = true;
    }
    return { inks: [...this.#kept.values()].filter((kept) => kept.page === page), waits };
  }

  /** Of each window that has too many. */
  #dropOldest(): void {
    const counts = new Map<string, number>();
    for (const [id, { connectionId }] of [...this.#kept].reverse()) {
      const count = (counts.get(connectionId) ?? 0) + 1;
      counts.set(connectionId, count);
      if (count > LINES_MAX) this.#kept.delete(id);
    }
  }
}
