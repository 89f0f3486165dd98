import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Booking } from '@parley/protocol';
import { Clock } from '../time/clock';
import { isOn } from './booking-groups';

const SOON_MS = 15 * 60_000;

/** The way into a booking's exchange. The room always exists; what it is good for changes with the time. */
@Component({
  selector: 'parley-booking-join',
  imports: [MatButton, RouterLink],
  template: `
    <a
      [matButton]="look()"
      [routerLink]="['/app/exchange', booking().id]"
      [attr.aria-label]="label() + ': ' + booking().title"
      >{{ label() }}</a
    >
  `,
})
export class BookingJoin {
  readonly booking = input.required<Booking>();
  readonly #now = inject(Clock).now;

  readonly #on = computed(() => isOn(this.booking(), this.#now()));
  readonly #soon = computed(() => {
    const left = Date.parse(this.booking().startsAt) - this.#now();
    return !this.booking().cancelled && left > 0 && left <= SOON_MS;
  });
  protected readonly label = computed(() => (this.#on() || this.#soon() ? 'Join' : 'Open'));
  protected readonly look = computed(() => (this.#on() ? 'filled' : this.#soon() ? 'tonal' : 'outlined'));
}
