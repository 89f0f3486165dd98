import { computed, linkedSignal, type Signal } from '@angular/core';

/** Which of the controls of a toolbar Tab comes to; the arrow keys, Home and End go along them. */
export class Roving {
  readonly #ids: Signal<readonly string[]>;
  readonly #wanted;
  /** Always one that is there. */
  readonly current: Signal<string | undefined>;

  constructor(ids: Signal<readonly string[]>) {
    this.#ids = ids;
    this.#wanted = linkedSignal<readonly string[], string | undefined>({
      source: ids,
      computation: (now, before) => (now.includes(before?.value ?? '') ? before?.value : now[0]),
    });
    this.current = computed(() => this.#wanted());
  }

  /** The focus came to one, by a pointer or by Tab. */
  set(id: string): void {
    if (this.#ids().includes(id)) this.#wanted.set(id);
  }

  /** @returns the id that a key goes to; undefined for any other key */
  move(key: string, rightToLeft = false): string | undefined {
    const ids = this.#ids();
    const at = ids.indexOf(this.current() ?? '');
    const next = ids[stepped(key, at, ids.length, rightToLeft)];
    if (next !== undefined) this.#wanted.set(next);
    return next;
  }
}

function stepped(key: string, at: number, count: number, rightToLeft: boolean): number {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'ArrowRight':
      return (at + (rightToLeft ? -1 : 1) + count) % count;
    case 'ArrowLeft':
      return (at + (rightToLeft ? 1 : -1) + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
