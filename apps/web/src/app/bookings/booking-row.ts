import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Booking } from '@parley/protocol';
import { SessionStore } from '../session/session-store';
import { Clock } from '../time/clock';
import { dayName, readersZone } from '../time/time-text';
import { BookingJoin } from './booking-join';
import { BookingWhen } from './booking-when';
import { othersText } from './people-names';

/** One booking in a list. */
@Component({
  selector: 'parley-booking-row',
  imports: [BookingJoin, BookingWhen, RouterLink],
  templateUrl: './booking-row.html',
  styleUrl: './booking-row.scss',
})
export class BookingRow {
  readonly booking = input.required<Booking>();
  /** Names the day in the row itself, for lists that are not grouped by day. */
  readonly withDay = input(false);
  readonly #now = inject(Clock).now;
  readonly #user = inject(SessionStore).user;
  protected readonly day = computed(() => dayName(Date.parse(this.booking().startsAt), this.#now(), readersZone()));
  protected readonly others = computed(() => othersText(this.booking().participants, this.#user()?.id));
}
