import { Component, DOCUMENT, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideRotateCw } from '@lucide/angular';

/** Shown in place of a page that could not be fetched. The address is still the wanted one, so loading it again is all. */
@Component({
  selector: 'parley-unreachable',
  imports: [LucideRotateCw, MatButton],
  template: `
    <section class="parley-state">
      <h1>No answer</h1>
      <p>Parley cannot be reached, so this page cannot be shown. Check your connection, then try again.</p>
      <button matButton="filled" type="button" (click)="again()">
        <svg matButtonIcon lucideRotateCw [size]="18"></svg>
        Try again
      </button>
    </section>
  `,
})
export class Unreachable {
  readonly #document = inject(DOCUMENT);

  protected again(): void {
    this.#document.location.reload();
  }
}
