import { Component, computed, input } from '@angular/core';
import type { Booking } from '@parley/protocol';
import { clocksDiffer, readersZone, timeSpan, zoneName } from '../time/time-text';

/** A booking's times on the reader's clock and, where that one shows something else, on the booking's. */
@Component({
  selector: 'parley-booking-when',
  template: `
    <span class="own">{{ own() }}</span>
    @if (theirs(); as text) {
      <span class="theirs">{{ text }}</span>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      gap: 0 var(--parley-space-3);
      font-variant-numeric: tabular-nums;
    }
    .theirs {
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class BookingWhen {
  readonly booking = input.required<Pick<Booking, 'startsAt' | 'endsAt' | 'timeZone'>>();
  readonly #zone = readersZone();
  readonly #start = computed(() => Date.parse(this.booking().startsAt));
  readonly #end = computed(() => Date.parse(this.booking().endsAt));
  protected readonly own = computed(() => timeSpan(this.#start(), this.#end(), this.#zone));
  protected readonly theirs = computed(() => {
    const { timeZone } = this.booking();
    if (!clocksDiffer(this.#start(), timeZone, this.#zone)) return undefined;
    return `${timeSpan(this.#start(), this.#end(), timeZone)} in ${zoneName(timeZone)}`;
  });
}
