import { ChangeDetectionStrategy, Component, computed, type ElementRef, input, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { boardKeys } from '../whiteboard/editor/board-key-list';
import { pageKeys } from './page-keys';

/** The keys of this page. The browser's own dialog: it keeps the focus, and Esc closes it. */
@Component({
  selector: 'parley-help-dialog',
  imports: [MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="help-title" closedby="any">
      <h2 id="help-title">Keys</h2>
      <div class="lists" tabindex="0" role="group" aria-label="All keys">
        @for (part of parts(); track part.title) {
          <h3>{{ part.title }}</h3>
          <dl>
            @for (entry of part.keys; track entry.does) {
              <div>
                <dt>
                  @for (key of entry.keys; track key) {
                    <kbd>{{ key }}</kbd>
                  }
                </dt>
                <dd>{{ entry.does }}</dd>
              </div>
            }
          </dl>
        }
      </div>
      <button matButton="tonal" type="button" autofocus (click)="dialog.close()">Close</button>
    </dialog>
  `,
  styles: `
    dialog {
      inline-size: min(440px, calc(100vw - 2 * var(--parley-space-4)));
      padding: var(--parley-space-5);
      border: 0;
      border-radius: 24px;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
      box-shadow: var(--mat-sys-level3);
    }
    dialog::backdrop {
      background: rgb(0 0 0 / 40%);
    }
    h2 {
      font: var(--mat-sys-title-large);
    }
    dialog[open] {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr) auto;
      gap: var(--parley-space-3);
      max-block-size: calc(100dvh - 2 * var(--parley-space-4));
    }
    .lists {
      overflow-y: auto;
    }
    .lists:focus-visible {
      outline: var(--parley-focus-ring);
      outline-offset: -2px;
    }
    h3 {
      padding-block: var(--parley-space-3) var(--parley-space-1);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-title-small);
    }
    dl > div {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--parley-space-4);
      min-block-size: 40px;
      border-block-end: var(--parley-border);
    }
    dt {
      display: flex;
      flex: none;
      gap: var(--parley-space-1);
      order: 1;
    }
    dd {
      font: var(--mat-sys-body-medium);
    }
    kbd {
      min-inline-size: 28px;
      padding: 2px var(--parley-space-2);
      border: 1px solid var(--mat-sys-outline);
      border-radius: 6px;
      background: var(--mat-sys-surface);
      font: var(--mat-sys-label-medium);
      text-align: center;
    }
    button {
      display: block;
      justify-self: end;
    }
  `,
})
export class HelpDialog {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  /** Whether the board is in view: then its keys come first. */
  readonly onBoard = input(false);
  protected readonly parts = computed(() => {
    const meeting = { title: 'In the meeting', keys: pageKeys };
    const board = { title: 'On the board, while it has the focus', keys: boardKeys };
    return this.onBoard() ? [board, meeting] : [meeting, board];
  });

  open(): void {
    if (!this.dialog().nativeElement.open) this.dialog().nativeElement.showModal();
  }
}
