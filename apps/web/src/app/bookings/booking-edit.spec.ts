import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { Booking } from '@parley/protocol';
import { BookingEdit } from './booking-edit';

const booking: Booking = {
  id: '0b7c2a0e-5d0a-4a2e-9d1c-000000000001',
  title: 'Planning',
  startsAt: '2026-11-23T20:00:00.000Z',
  endsAt: '2026-11-23T21:00:00.000Z',
  timeZone: 'Europe/Madrid',
  cancelled: false,
  participants: [],
};

describe('BookingEdit', () => {
  let part: ComponentFixture<BookingEdit>;
  let server: HttpTestingController;

  beforeEach(async () => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    server = TestBed.inject(HttpTestingController);
    part = TestBed.createComponent(BookingEdit);
    part.componentRef.setInput('booking', booking);
    await part.whenStable();
  });

  const inputs = () => [...(part.nativeElement as HTMLElement).querySelectorAll('input')];
  const values = () => inputs().map(({ value }) => value);
  const type = async (index: number, text: string, ...events: string[]) => {
    const input = inputs()[index]!;
    input.dispatchEvent(new Event('focus'));
    input.value = text;
    for (const event of ['input', ...events]) input.dispatchEvent(new Event(event, { bubbles: true }));
    await part.whenStable();
  };

  it('shows the booking on the clock of its own zone', () => {
    expect(values()).toEqual(['Planning', '2026-11-23', '21:00', '22:00', 'Europe/Madrid']);
  });

  it('keeps what is being written when only the people change, and follows a change of these fields', async () => {
    await type(0, 'Planning the autumn');
    const ben = { userId: '0b7c2a0e-5d0a-4a2e-9d1c-000000000002', name: 'Ben', host: false };
    part.componentRef.setInput('booking', { ...booking, participants: [ben] });
    await part.whenStable();
    expect(values()[0]).toBe('Planning the autumn');
    part.componentRef.setInput('booking', { ...booking, title: 'Moved' });
    await part.whenStable();
    expect(values()[0]).toBe('Moved');
  });

  it('moves the end with the start', async () => {
    await type(2, '23:30', 'change');
    expect(values()[3]).toBe('00:30');
  });

  it('[A2] sends the change once there is one', async () => {
    const changes: Booking[] = [];
    part.componentInstance.changed.subscribe((change) => changes.push(change));
    const save = (part.nativeElement as HTMLElement).querySelector<HTMLButtonElement>('button[type="submit"]')!;
    expect(save.getAttribute('aria-disabled')).toBe('true');
    await type(0, 'Moved');
    expect(save.getAttribute('aria-disabled')).not.toBe('true');
    save.click();
    TestBed.tick();
    const request = server.expectOne({ method: 'PATCH', url: `/api/bookings/${booking.id}` });
    expect(request.request.body).toEqual({
      title: 'Moved',
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      timeZone: 'Europe/Madrid',
    });
    request.flush({ ...booking, title: 'Moved' });
    await new Promise((done) => setTimeout(done));
    await part.whenStable();
    expect(changes.map(({ title }) => title)).toEqual(['Moved']);
    expect((part.nativeElement as HTMLElement).textContent).toContain('Saved');
  });
});
