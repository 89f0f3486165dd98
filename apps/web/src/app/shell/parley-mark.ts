import { Component } from '@angular/core';

/** The product's mark: two people's words, one meeting. Decoration; the name stands beside it. */
@Component({
  selector: 'parley-mark',
  host: { 'aria-hidden': 'true' },
  template: `
    <svg viewBox="0 0 32 32" width="30" height="30" focusable="false">
      <rect width="32" height="32" rx="9" class="ground" />
      <path class="one" d="M7 11.5A4.5 4.5 0 0 1 11.5 7h5a4.5 4.5 0 0 1 0 9H12l-3.4 2.9c-.6.5-1.6.1-1.6-.8z" />
      <path
        class="other"
        d="M20.2 11.6c2.7.2 4.8 2.5 4.8 5.2v8.3c0 .9-1 1.3-1.6.8L20 23h-4.5a4.5 4.5 0 0 1-4.2-6.1l1-.9h4.2a6 6 0 0 0 3.7-4.4z"
      />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    .ground {
      fill: light-dark(#005d57, #0f4f4a);
    }
    .one {
      fill: #fff;
    }
    .other {
      fill: #ffb689;
    }
  `,
})
export class ParleyMark {}
