import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Booking } from '@parley/protocol';
import { SessionStore } from '../session/session-store';
import { Clock } from '../time/clock';
import { lengthText } from '../time/time-text';
import { LiveMark } from '../ui/live-mark';
import { BookingJoin } from './booking-join';
import { BookingWhen } from './booking-when';
import { othersText } from './people-names';

/** The booking that is on now: what a person most likely came for. */
@Component({
  selector: 'parley-booking-now',
  imports: [BookingJoin, BookingWhen, LiveMark, RouterLink],
  templateUrl: './booking-now.html',
  styleUrl: './booking-now.scss',
})
export class BookingNow {
  readonly booking = input.required<Booking>();
  readonly #now = inject(Clock).now;
  readonly #user = inject(SessionStore).user;
  protected readonly left = computed(() => lengthText(Date.parse(this.booking().endsAt) - this.#now()));
  protected readonly others = computed(() => othersText(this.booking().participants, this.#user()?.id));
}
