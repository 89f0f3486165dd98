import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideTriangleAlert } from '@lucide/angular';

/** Something failed: the cause and what it means in one sentence, and the one thing to do about it. */
@Component({
  selector: 'parley-notice',
  imports: [LucideTriangleAlert, MatButton],
  host: { role: 'alert' },
  template: `
    <svg lucideTriangleAlert [size]="20"></svg>
    <p><ng-content /></p>
    @if (action(); as label) {
      <button matButton type="button" (click)="act.emit()">{{ label }}</button>
    }
  `,
  styleUrl: './notice.scss',
})
export class Notice {
  /** What the button says; without it there is none. */
  readonly action = input<string>();
  readonly act = output();
}
