import { ChangeDetectionStrategy, Component, type ElementRef, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { pageKeys } from './page-keys';

/** The keys of this page. The browser's own dialog: it keeps the focus, and Esc closes it. */
@Component({
  selector: 'parley-help-dialog',
  imports: [MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog aria-labelledby="help-title" closedby="any">
      <h2 id="help-title">Keys</h2>
      <dl>
        @for (entry of keys; track entry.does) {
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
    dl {
      padding-block: var(--parley-space-4);
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
      margin-inline-start: auto;
    }
  `,
})
export class HelpDialog {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly keys = pageKeys;

  open(): void {
    if (!this.dialog().nativeElement.open) this.dialog().nativeElement.showModal();
  }
}
