import {
  afterNextRender,
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideArrowDown } from '@lucide/angular';
import type { FindPerson } from '../person/directory';
import { startOfDay } from './dates';
import { Heard } from './heard';
import { lastSeq } from './message-log';
import { ScrollKeeper } from './scroll-keeper';
import type { TextRoom } from './text-room';
import { buildTimeline, type TimelineChunk } from './timeline';
import { TimelineChunkView } from './timeline-chunk';

/** The conversation, from its first message to the newest. What is being read stays where it is. */
@Component({
  selector: 'parley-message-list',
  imports: [Heard, LucideArrowDown, MatButton, TimelineChunkView],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-list.html',
  styleUrl: './message-list.css',
})
export class MessageList {
  readonly room = input.required<TextRoom>();
  readonly person = input.required<FindPerson>();
  /** Nothing can be written here, so nothing can be sent again. */
  readonly closed = input(false);

  private readonly box = viewChild.required<ElementRef<HTMLElement>>('box');
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');
  private keeper: ScrollKeeper | undefined;

  protected readonly follows = signal(true);
  protected readonly skeleton = [3, 1, 2, 3] as const;
  protected readonly chunks = linkedSignal<readonly TimelineChunk[], readonly TimelineChunk[]>({
    source: () => [],
    computation: (_, previous) => {
      const room = this.room();
      const person = this.person();
      return buildTimeline(
        {
          messages: room.log().messages,
          outgoing: room.outgoing(),
          notices: room.notices(),
          me: room.me,
          name: (userId) => person(userId).name,
        },
        previous?.value,
      );
    },
  }).asReadonly();
  protected readonly today = computed(() => {
    // Asked again with whatever is shown: a page that stays open over midnight needs the new day then.
    this.chunks();
    return startOfDay(Date.now());
  });
  protected readonly isEmpty = computed(() => {
    const room = this.room();
    return room.atBeginning() && room.log().messages.length === 0 && room.outgoing().length === 0;
  });

  /** The newest message that its reader has had in view. */
  private readonly seen = signal(0);
  protected readonly unseen = computed(() => {
    const { me, log } = this.room();
    const seen = this.seen();
    return log().messages.filter(({ seq, userId }) => seq > seen && userId !== me).length;
  });

  constructor() {
    afterNextRender(() => {
      this.keeper = new ScrollKeeper(this.box().nativeElement, this.content().nativeElement, (follows) =>
        this.follows.set(follows),
      );
    });
    inject(DestroyRef).onDestroy(() => this.keeper?.stop());
    afterRenderEffect(() => {
      this.chunks();
      this.room().older();
      untracked(() => {
        this.keeper?.settle();
        this.loadOlderIfNear();
      });
    });
    effect(() => {
      if (this.follows()) this.seen.set(lastSeq(this.room().log()));
    });
    // Who sends something wants to see it.
    let sent = 0;
    effect(() => {
      const waiting = this.room().outgoing().length;
      if (waiting > sent) this.keeper?.toEnd();
      sent = waiting;
    });
  }

  protected scrolled(): void {
    this.keeper?.scrolled();
    this.loadOlderIfNear();
  }

  protected toEnd(): void {
    this.keeper?.toEnd();
    this.box().nativeElement.focus({ preventScroll: true });
  }

  private loadOlderIfNear(): void {
    // Nobody is near the beginning of what is not shown yet; and what failed waits for its reader to ask again.
    const room = this.room();
    if (this.keeper?.isNearBeginning !== true || !room.isOpen() || room.older() !== 'waiting') return;
    void room.loadOlder();
  }
}
