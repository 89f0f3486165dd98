import { Injectable, Injector, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

export interface Question {
  readonly title: string;
  /** What happens then, in one or two sentences. */
  readonly text: string;
  /** The verb on the button that does it. */
  readonly yes: string;
  readonly no?: string;
}

/** Asks before something that cannot be taken back. The dialog's code loads when it is first used. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  readonly #injector = inject(Injector);

  async ask(question: Question): Promise<boolean> {
    const [{ MatDialog, MatDialogConfig }, { ConfirmDialog }] = await Promise.all([
      import('@angular/material/dialog'),
      import('./confirm-dialog'),
    ]);
    const config = Object.assign(new MatDialogConfig<Question>(), {
      data: question,
      role: 'alertdialog',
      maxWidth: 'min(28rem, calc(100vw - 32px))',
    });
    const dialog = this.#injector
      .get(MatDialog)
      .open<InstanceType<typeof ConfirmDialog>, Question, boolean>(ConfirmDialog, config);
    return (await firstValueFrom(dialog.afterClosed(), { defaultValue: false })) === true;
  }
}
