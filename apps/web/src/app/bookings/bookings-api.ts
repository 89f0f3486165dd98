import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { type Booking, type BookingChange, type NewBooking, booking, bookingList } from '@parley/protocol';
import { firstValueFrom, map } from 'rxjs';

/** Bookings over HTTP (A2). Each call rejects with a {@link ProblemError}. */
@Injectable({ providedIn: 'root' })
export class BookingsApi {
  readonly #http = inject(HttpClient);

  /** Bookings of the person who is signed in that end after `from` (ISO 8601, UTC); without it, all. */
  list(from?: string): Promise<readonly Booking[]> {
    return firstValueFrom(
      this.#http
        .get('/api/bookings', { params: from === undefined ? {} : { from } })
        .pipe(map((answer) => bookingList.parse(answer).bookings)),
    );
  }

  get(id: string): Promise<Booking> {
    return firstValueFrom(this.#http.get(address(id)).pipe(map(readBooking)));
  }

  create(wanted: NewBooking): Promise<Booking> {
    return firstValueFrom(this.#http.post('/api/bookings', wanted).pipe(map(readBooking)));
  }

  change(id: string, change: BookingChange): Promise<Booking> {
    return firstValueFrom(this.#http.patch(address(id), change).pipe(map(readBooking)));
  }

  /** The meeting does not take place: everyone who is in it is shown out, and nobody comes in any more. */
  cancel(id: string): Promise<void> {
    return firstValueFrom(this.#http.delete(address(id)).pipe(map(() => undefined)));
  }

  addParticipant(id: string, email: string): Promise<Booking> {
    return firstValueFrom(this.#http.post(`${address(id)}/participants`, { email }).pipe(map(readBooking)));
  }

  async removeParticipant(id: string, userId: string): Promise<Booking> {
    await firstValueFrom(this.#http.delete(`${address(id)}/participants/${encodeURIComponent(userId)}`));
    return this.get(id);
  }
}

function address(id: string): string {
  return `/api/bookings/${encodeURIComponent(id)}`;
}

function readBooking(answer: unknown): Booking {
  return booking.parse(answer);
}
