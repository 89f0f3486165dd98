import { ChangeDetectionStrategy, Component, type ElementRef, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { failureText } from './exchange-api';

/** Something to ask before it is done, since it cannot be taken back. */
export interface Question {
  readonly title: string;
  /** What happens then, in one or two sentences. */
  readonly text: string;
  /** The verb on the button that does it. */
  readonly yes: string;
  readonly no: string;
  /** Does it. While it runs the dialog stays; when it fails the dialog says why, and it can be tried again. */
  readonly act: () => Promise<void>;
}

/** Asks before something that cannot be taken back. The harmless answer comes first and has the focus. */
@Component({
  selector: 'parley-question-dialog',
  imports: [MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dialog #dialog role="alertdialog" aria-labelledby="question-title" aria-describedby="question-text">
      @if (question(); as asked) {
        <h2 id="question-title">{{ asked.title }}</h2>
        <p id="question-text">{{ asked.text }}</p>
        <p class="failure" role="alert">{{ failure() }}</p>
        <div class="answers">
          <button matButton type="button" autofocus (click)="dialog.close()">{{ asked.no }}</button>
          <button
            matButton="filled"
            type="button"
            class="yes"
            [disabled]="acting()"
            disabledInteractive
            (click)="act(asked)"
          >
            {{ asked.yes }}
          </button>
        </div>
      }
    </dialog>
  `,
  styles: `
    dialog {
      inline-size: min(28rem, calc(100vw - 2 * var(--parley-space-4)));
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
    p {
      padding-block-start: var(--parley-space-3);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
      text-wrap: pretty;
    }
    .failure {
      color: var(--mat-sys-error);
    }
    .failure:empty {
      display: none;
    }
    .answers {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: var(--parley-space-2);
      padding-block-start: var(--parley-space-5);
    }
    .yes {
      --mat-button-filled-container-color: var(--mat-sys-error);
      --mat-button-filled-label-text-color: var(--mat-sys-on-error);
    }
  `,
})
export class QuestionDialog {
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  protected readonly question = signal<Question | undefined>(undefined);
  protected readonly failure = signal('');
  protected readonly acting = signal(false);

  ask(question: Question): void {
    const dialog = this.dialog().nativeElement;
    if (dialog.open) return;
    this.question.set(question);
    this.failure.set('');
    // Opened once its words are there: the focus goes to the harmless answer.
    requestAnimationFrame(() => dialog.showModal());
  }

  protected async act({ act }: Question): Promise<void> {
    if (this.acting()) return;
    this.acting.set(true);
    this.failure.set('');
    try {
      await act();
    } catch (error) {
      this.failure.set(failureText(error));
      return;
    } finally {
      this.acting.set(false);
    }
    this.dialog().nativeElement.close();
  }
}
