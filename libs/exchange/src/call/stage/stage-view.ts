import { signal } from '@angular/core';

/** How someone wants to see the call; it is theirs alone. */
export class StageView {
  /** All alike, or whoever speaks large. */
  readonly layout = signal<'grid' | 'speaker'>('grid');
  /** The key of the tile that stays large. */
  readonly pinned = signal<string | undefined>(undefined);

  pin(key: string): void {
    this.pinned.update((pinned) => (pinned === key ? undefined : key));
  }
}
