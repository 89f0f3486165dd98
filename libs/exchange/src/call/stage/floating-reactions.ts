import { ChangeDetectionStrategy, Component, DestroyRef, effect, inject, input, signal } from '@angular/core';
import type { Reaction } from '@parley/call';
import type { FindPerson } from '../../person/directory';
import type { CallRoom } from '../call-room';
import { ReactionIcon } from './reaction-icon';

/** Milliseconds that a reaction is shown. */
const SHOWN_MS = 4_000;

/** More at once would cover what is behind them. */
const MOST = 12;

interface Floating {
  readonly id: number;
  readonly name: string;
  readonly reaction: Reaction;
  /** Where it rises, in percent of the width. */
  readonly lane: number;
}

/** Reactions, rising over the stage. Who does not want motion sees them stand still. */
@Component({
  selector: 'parley-floating-reactions',
  imports: [ReactionIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    @for (each of shown(); track each.id) {
      <p [style.inset-inline-start.%]="each.lane">
        <parley-reaction-icon [reaction]="each.reaction" [size]="26" />
        <bdi>{{ each.name }}</bdi>
      </p>
    }
  `,
  styles: `
    :host {
      position: absolute;
      inset: 0;
      overflow: hidden;
      pointer-events: none;
    }
    p {
      display: flex;
      position: absolute;
      inset-block-end: 12%;
      align-items: center;
      gap: var(--parley-space-2);
      max-inline-size: 40%;
      padding: var(--parley-space-1) var(--parley-space-3);
      border-radius: 20px;
      background: var(--mat-sys-tertiary-container);
      color: var(--mat-sys-on-tertiary-container);
      box-shadow: var(--mat-sys-level2);
      font: var(--mat-sys-label-medium);
      animation: rise 4s ease-out forwards;
    }
    bdi {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(24px) scale(0.7);
      }
      12% {
        opacity: 1;
        transform: none;
      }
      70% {
        opacity: 1;
      }
      to {
        opacity: 0;
        transform: translateY(-38cqh);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      p {
        animation: none;
      }
    }
  `,
})
export class FloatingReactions {
  readonly room = input.required<CallRoom>();
  readonly person = input.required<FindPerson>();

  protected readonly shown = signal<readonly Floating[]>([]);
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private next = 0;

  constructor() {
    effect((onCleanup) => {
      const subscription = this.room().news.subscribe((news) => {
        if (news.kind === 'reaction') this.show(news.userId, news.reaction);
      });
      onCleanup(() => subscription.unsubscribe());
    });
    inject(DestroyRef).onDestroy(() => {
      for (const timer of this.timers) clearTimeout(timer);
    });
  }

  private show(userId: string, reaction: Reaction): void {
    const id = this.next;
    this.next += 1;
    const name = userId === this.room().me ? 'You' : this.person()(userId).name;
    // Each beside the one before, so that several do not cover each other.
    const floating = { id, name, reaction, lane: 4 + ((id * 19) % 57) };
    this.shown.update((shown) => [...shown.slice(1 - MOST), floating]);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.shown.update((shown) => shown.filter((each) => each.id !== id));
    }, SHOWN_MS);
    this.timers.add(timer);
  }
}
