import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';
import type { Question } from './confirm';

/** What {@link Confirm} shows. The harmless answer comes first and has the focus. */
@Component({
  selector: 'parley-confirm-dialog',
  imports: [MatButton, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content>{{ question.text }}</mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [mat-dialog-close]="false">{{ question.no ?? 'Keep' }}</button>
      <button matButton="filled" type="button" class="yes" [mat-dialog-close]="true">{{ question.yes }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    .yes {
      --mat-button-filled-container-color: var(--mat-sys-error);
      --mat-button-filled-label-text-color: var(--mat-sys-on-error);
    }
  `,
})
export class ConfirmDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}
