import { Component } from '@angular/core';

/** Says that something is happening now; `<parley-live-mark>34 min left</parley-live-mark>` adds to it. */
@Component({
  selector: 'parley-live-mark',
  template: '<span class="dot" aria-hidden="true"></span><span>On now<ng-content /></span>',
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: var(--parley-space-2);
      color: var(--parley-now);
      font: var(--mat-sys-label-large);
    }

    .dot {
      width: 10px;
      height: 10px;
      border-radius: 50%;
      background: currentColor;
      animation: breathe 2.4s ease-in-out infinite;
    }

    @keyframes breathe {
      50% {
        opacity: 0.35;
      }
    }
  `,
})
export class LiveMark {}
