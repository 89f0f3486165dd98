import { Component, computed, effect, inject, input, resource } from '@angular/core';
import { asProblem } from '../http/problem-error';
import { NotFound } from '../not-found/not-found';
import { SessionStore } from '../session/session-store';
import { PageTitle } from '../shell/page-title';
import { Clock } from '../time/clock';
import { dayName, readersZone } from '../time/time-text';
import { Notice } from '../ui/notice';
import { BookingCancel } from './booking-cancel';
import { BookingEdit } from './booking-edit';
import { BookingJoin } from './booking-join';
import { BookingLink } from './booking-link';
import { BookingPeople } from './booking-people';
import { BookingWhen } from './booking-when';
import { BookingsApi } from './bookings-api';

/** One booking: when it is, who is in it, its link; for its host also everything that can be changed. */
@Component({
  selector: 'parley-booking-page',
  imports: [BookingCancel, BookingEdit, BookingJoin, BookingLink, BookingPeople, BookingWhen, NotFound, Notice],
  templateUrl: './booking-page.html',
  styleUrl: './booking-page.scss',
})
export class BookingPage {
  /** From the address. */
  readonly id = input.required<string>();
  readonly #api = inject(BookingsApi);
  readonly #user = inject(SessionStore).user;
  readonly #now = inject(Clock).now;
  readonly #title = inject(PageTitle);

  protected readonly booking = resource({
    params: () => ({ id: this.id() }),
    loader: ({ params }) => this.#api.get(params.id),
  });
  readonly #problem = computed(() => {
    const error = this.booking.error();
    return error && asProblem(error);
  });
  // An address that is no id at all is refused as bad input; to a person it is the same: nothing is there.
  protected readonly missing = computed(() => [400, 404].includes(this.#problem()?.status ?? 0));
  protected readonly failure = computed(() => this.#problem()?.message);

  protected readonly isHost = computed(
    () =>
      this.booking.hasValue() &&
      this.booking.value().participants.some(({ host, userId }) => host && userId === this.#user()?.id),
  );
  protected readonly day = computed(() =>
    this.booking.hasValue() ? dayName(Date.parse(this.booking.value().startsAt), this.#now(), readersZone()) : '',
  );

  constructor() {
    effect(() => {
      if (this.booking.hasValue()) this.#title.set(this.booking.value().title);
      else if (this.missing()) this.#title.set('Not found');
    });
  }
}
