import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import type { BoardEditor, BoardNews } from '../editor/board-editor';
import { boardIcons } from './board-icons';
import { isNarrow } from './board-room';

/** Milliseconds that an offer to undo stays; not while somebody is at it. */
const OFFERED_MS = 10_000;
/** Makes a text another one, so that it is spoken again. */
const AGAIN = ' ';

/** Says what has just happened to who does not see it, and offers everyone to undo what is worth it. */
@Component({
  selector: 'parley-board-news',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.narrow]': 'narrow()' },
  template: `
    <p class="parley-hidden" role="status">{{ spoken() }}</p>
    @if (offer(); as offer) {
      <div
        class="toast"
        (pointerenter)="hovered.set(true)"
        (pointerleave)="hovered.set(false)"
        (focusin)="focused.set(true)"
        (focusout)="focused.set(false)"
      >
        <span>{{ offer.text }}</span>
        <button type="button" class="control worded" (click)="undo()">Undo</button>
        <button type="button" class="control" aria-label="Dismiss" (click)="dismiss()">
          <svg [lucideIcon]="icons.x" size="18" aria-hidden="true"></svg>
        </button>
      </div>
    }
  `,
  styleUrls: ['./controls.css', './board-news.css'],
})
export class BoardNewsLine {
  readonly editor = input.required<BoardEditor>();
  /** The focus was on what is gone now: the board may have it. */
  readonly done = output();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly icons = boardIcons;
  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly spoken = signal('');
  protected readonly offer = signal<BoardNews | undefined>(undefined);
  protected readonly hovered = signal(false);
  protected readonly focused = signal(false);

  constructor() {
    effect(() => {
      const news = this.editor().news();
      untracked(() => {
        if (news.text === '') return;
        this.spoken.update((before) => (before === news.text ? news.text + AGAIN : news.text));
        if (!news.undo) return;
        this.hovered.set(false);
        this.focused.set(false);
        this.offer.set(news);
      });
    });
    effect((onCleanup) => {
      if (this.offer() === undefined || this.hovered() || this.focused()) return;
      const timer = setTimeout(() => this.offer.set(undefined), OFFERED_MS);
      onCleanup(() => clearTimeout(timer));
    });
    // After another change of one's own, undo would take back that one.
    effect((onCleanup) => {
      const changes = this.editor().changes.subscribe(({ own }) => {
        if (own) this.dismiss();
      });
      onCleanup(() => changes.unsubscribe());
    });
  }

  protected undo(): void {
    this.editor().undo();
    this.dismiss();
  }

  protected dismiss(): void {
    if (this.offer() === undefined) return;
    const hadFocus = this.element.contains(this.element.ownerDocument.activeElement);
    this.offer.set(undefined);
    if (hadFocus) this.done.emit();
  }
}
