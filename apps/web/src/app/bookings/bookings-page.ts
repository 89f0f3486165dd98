import { Component, DOCUMENT, computed, effect, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { LucidePlus } from '@lucide/angular';
import { asProblem } from '../http/problem-error';
import { Clock } from '../time/clock';
import { dayName, readersZone, zoneName } from '../time/time-text';
import { instantOf } from '../time/wall-time';
import { Notice } from '../ui/notice';
import { BookingNow } from './booking-now';
import { BookingRow } from './booking-row';
import { BookingsApi } from './bookings-api';
import { groupBookings } from './booking-groups';

const RECENT_MS = 14 * 86_400_000;

/** A person's meetings: the one that is on, those to come by day, those that are over. */
@Component({
  selector: 'parley-bookings-page',
  imports: [BookingNow, BookingRow, LucidePlus, MatButton, Notice, RouterLink],
  templateUrl: './bookings-page.html',
  styleUrl: './bookings-page.scss',
})
export class BookingsPage {
  readonly #api = inject(BookingsApi);
  readonly #now = inject(Clock).now;
  readonly #zone = readersZone();
  protected readonly zone = zoneName(this.#zone);

  protected readonly allPast = signal(false);
  protected readonly bookings = resource({
    params: () => ({ from: this.allPast() ? undefined : new Date(Date.now() - RECENT_MS).toISOString() }),
    loader: ({ params }) => this.#api.list(params.from),
  });
  protected readonly failure = computed(() => {
    const error = this.bookings.error();
    return error && asProblem(error).message;
  });

  /** The last list that came; it stays while a newer one is under way or does not come. */
  readonly #shown = signal<ReturnType<typeof groupBookings> | undefined>(undefined);
  protected readonly groups = computed(() =>
    this.bookings.hasValue() ? groupBookings(this.bookings.value(), this.#now(), this.#zone) : this.#shown(),
  );
  protected readonly days = computed(() =>
    (this.groups()?.upcoming ?? []).map(({ date, bookings }) => ({
      date,
      bookings,
      name: dayName(instantOf({ date, time: '12:00' }, this.#zone) ?? this.#now(), this.#now(), this.#zone),
    })),
  );
  protected readonly empty = computed(() => {
    const groups = this.groups();
    return groups && groups.now.length + groups.upcoming.length + groups.past.length === 0;
  });

  constructor() {
    effect(() => {
      if (this.bookings.hasValue()) this.#shown.set(this.groups());
    });
    // Nothing lately: then whatever there was before is worth showing.
    effect(() => {
      if (this.empty()) this.allPast.set(true);
    });
    const document = inject(DOCUMENT);
    // Someone who comes back to this tab may have been invited meanwhile.
    effect((onCleanup) => {
      const look = () => {
        if (document.visibilityState === 'visible') this.bookings.reload();
      };
      document.addEventListener('visibilitychange', look);
      onCleanup(() => document.removeEventListener('visibilitychange', look));
    });
  }
}
