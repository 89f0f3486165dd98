import { Component, DOCUMENT, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideCheck, LucideCopy } from '@lucide/angular';
import type { Booking } from '@parley/protocol';

/** The one link of a booking. It never changes, and opens for those who take part only. */
@Component({
  selector: 'parley-booking-link',
  imports: [LucideCheck, LucideCopy, MatButton],
  host: { class: 'parley-card' },
  templateUrl: './booking-link.html',
  styleUrl: './booking-link.scss',
})
export class BookingLink {
  readonly booking = input.required<Booking>();
  readonly #document = inject(DOCUMENT);
  protected readonly address = computed(
    () => new URL(`/app/exchange/${this.booking().id}`, this.#document.location.origin).href,
  );
  protected readonly result = signal('');

  protected async copy(field: HTMLInputElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.address());
      this.result.set('Copied. Send it to the people who are invited.');
    } catch {
      // The browser refused, or there is no clipboard without TLS: selected text is one key press away from it.
      field.focus();
      field.select();
      this.result.set('The browser does not let this page copy. The link is selected: press Ctrl or ⌘ and C.');
    }
  }
}
