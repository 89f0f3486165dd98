import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

/** Milliseconds for which the button says what it did. */
const SHOWN_MS = 4_000;

/** What somebody had written and can no longer send: shown, so that it can be copied and used elsewhere. */
@Component({
  selector: 'parley-unsent-text',
  imports: [MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (text() !== '') {
      <section aria-label="Not sent">
        <p class="title">This was not sent:</p>
        <textarea #field readonly dir="auto" aria-label="What was not sent" [rows]="rows()" [value]="text()"></textarea>
        <button matButton="outlined" type="button" (click)="copy(field)">
          {{ label() }}
        </button>
        <span class="parley-hidden" role="status">{{ state() === 'copied' ? 'Text copied' : '' }}</span>
      </section>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host(:empty) {
      display: none;
    }
    section {
      display: grid;
      justify-items: start;
      gap: var(--parley-space-2);
      padding: var(--parley-space-4);
      border: var(--parley-border);
      border-radius: 16px;
      background: var(--parley-sheet);
      color: var(--mat-sys-on-surface);
      text-align: start;
    }
    .title {
      font: var(--mat-sys-title-small);
    }
    textarea {
      inline-size: 100%;
      box-sizing: border-box;
      padding: var(--parley-space-3);
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--mat-sys-surface);
      color: inherit;
      font: var(--mat-sys-body-medium);
      resize: vertical;
    }
  `,
})
export class UnsentText {
  readonly text = input.required<string>();

  protected readonly rows = computed(() => Math.min(6, this.text().split('\n').length + 1));
  protected readonly state = signal<'idle' | 'copied' | 'refused'>('idle');
  protected readonly label = computed(
    () => ({ idle: 'Copy text', copied: 'Text copied', refused: 'It is marked: copy it' })[this.state()],
  );
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected async copy(field: HTMLTextAreaElement): Promise<void> {
    clearTimeout(this.timer);
    try {
      await navigator.clipboard.writeText(this.text());
    } catch {
      // The browser does not allow it, or knows no clipboard outside https: then it can be copied by hand.
      field.focus();
      field.select();
      this.state.set('refused');
      return;
    }
    this.state.set('copied');
    this.timer = setTimeout(() => this.state.set('idle'), SHOWN_MS);
  }
}
