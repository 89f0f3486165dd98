import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideCheck, LucideLink } from '@lucide/angular';

/** Milliseconds for which the button says what it did. */
const SHOWN_MS = 4_000;

/** Copies the invite link, and says so on the spot. */
@Component({
  selector: 'parley-copy-link',
  imports: [LucideCheck, LucideLink, MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      [matButton]="prominent() ? 'filled' : 'outlined'"
      type="button"
      class="button"
      [class.narrow]="!prominent()"
      [attr.aria-label]="label()"
      [title]="link()"
      (click)="copy()"
    >
      @if (state() === 'copied') {
        <svg matButtonIcon lucideCheck size="18" aria-hidden="true"></svg>
      } @else {
        <svg matButtonIcon lucideLink size="18" aria-hidden="true"></svg>
      }
      <span class="label">{{ label() }}</span>
    </button>
    <span class="parley-hidden" role="status">{{ state() === 'idle' ? '' : label() }}</span>
    @if (state() === 'refused') {
      <input class="link" readonly aria-label="Invite link" [value]="link()" #field (focus)="field.select()" />
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: var(--parley-space-2);
      min-inline-size: 0;
    }
    /* In the top bar, where the meeting's title needs the room; the picture has its name for everyone else. */
    @media (900px <= width < 1200px) {
      .narrow .label {
        display: none;
      }
    }
    .link {
      min-inline-size: 0;
      inline-size: 22ch;
      padding: var(--parley-space-2);
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--mat-sys-surface);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class CopyLink {
  readonly link = input.required<string>();
  readonly prominent = input(false);

  protected readonly state = signal<'idle' | 'copied' | 'refused'>('idle');
  protected readonly label = computed(
    () => ({ idle: 'Copy invite link', copied: 'Link copied', refused: 'Copy it from here' })[this.state()],
  );
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected async copy(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await navigator.clipboard.writeText(this.link());
    } catch {
      // The browser does not allow it, or knows no clipboard outside https: then it can be copied by hand.
      this.state.set('refused');
      return;
    }
    this.state.set('copied');
    this.timer = setTimeout(() => this.state.set('idle'), SHOWN_MS);
  }
}
