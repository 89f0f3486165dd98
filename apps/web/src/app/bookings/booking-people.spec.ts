import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { Booking } from '@parley/protocol';
import { problemInterceptor } from '../http/problem-interceptor';
import { Confirm, type Question } from '../ui/confirm';
import { BookingPeople } from './booking-people';

const id = (digit: number) => `0b7c2a0e-5d0a-4a2e-9d1c-00000000000${digit}`;
const booking: Booking = {
  id: id(1),
  title: 'Planning',
  startsAt: '2026-11-23T20:00:00Z',
  endsAt: '2026-11-23T21:00:00Z',
  timeZone: 'UTC',
  cancelled: false,
  participants: [
    { userId: id(2), name: 'Ann', host: true },
    { userId: id(3), name: 'Ben 日本語', host: false },
  ],
};
const people = `/api/bookings/${booking.id}/participants`;

describe('BookingPeople', () => {
  let part: ComponentFixture<BookingPeople>;
  let server: HttpTestingController;
  let questions: Question[];
  let sure: boolean;
  let changes: Booking[];

  const show = async (isHost: boolean, shown = booking) => {
    questions = [];
    changes = [];
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([problemInterceptor])),
        provideHttpClientTesting(),
        {
          provide: Confirm,
          useValue: {
            ask: (question: Question) => {
              questions.push(question);
              return Promise.resolve(sure);
            },
          },
        },
      ],
    });
    server = TestBed.inject(HttpTestingController);
    part = TestBed.createComponent(BookingPeople);
    part.componentRef.setInput('booking', shown);
    part.componentRef.setInput('isHost', isHost);
    part.componentInstance.changed.subscribe((change) => changes.push(change));
    await part.whenStable();
  };
  const root = () => part.nativeElement as HTMLElement;
  const settled = async () => {
    await new Promise((done) => setTimeout(done));
    TestBed.tick();
  };
  const invite = async (email: string) => {
    const input = root().querySelector('input')!;
    input.value = email;
    input.dispatchEvent(new Event('input'));
    root()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();
  };
  const removeBen = async () => {
    root().querySelector<HTMLButtonElement>('[aria-label="Remove Ben 日本語"]')!.click();
    await settled();
  };

  it('shows a guest who is in it, and nothing to change', async () => {
    await show(false);
    expect(root().textContent).toContain('Ben 日本語');
    expect(root().querySelector('input, button')).toBeNull();
  });

  it('leaves a cancelled meeting alone', async () => {
    await show(true, { ...booking, cancelled: true });
    expect(root().querySelector('input, button')).toBeNull();
  });

  it('[A2] invites by e-mail and makes room for the next one', async () => {
    await show(true);
    await invite('cleo@example.org');
    const request = server.expectOne({ method: 'POST', url: people });
    expect(request.request.body).toEqual({ email: 'cleo@example.org' });
    const more = { ...booking, participants: [...booking.participants, { userId: id(4), name: 'Cleo', host: false }] };
    request.flush(more);
    await settled();
    expect(changes).toEqual([more]);
    expect(root().querySelector('input')?.value).toBe('');
    expect(root().querySelector('[role="status"]')?.textContent).toContain('cleo@example.org is invited');
    expect(root().querySelector('mat-error')).toBeNull();
  });

  it('[A5] says at the field that an address is unknown', async () => {
    await show(true);
    await invite('nobody@example.org');
    server.expectOne(people).flush(
      {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        code: 'invalid-input',
        detail: 'Not valid.',
        errors: [{ field: 'email', message: 'Nobody with this address has an account here.' }],
      },
      { status: 400, statusText: 'Bad Request' },
    );
    await settled();
    expect(root().querySelector('mat-error')?.textContent).toContain('Nobody with this address');
    expect(changes).toEqual([]);
  });

  it('removes nobody without asking, and nobody when the answer is no', async () => {
    sure = false;
    await show(true);
    await removeBen();
    expect(questions[0]?.title).toContain('Ben 日本語');
    server.expectNone(() => true);
  });

  it('[A2] removes someone, and reads the booking again', async () => {
    sure = true;
    await show(true);
    await removeBen();
    server
      .expectOne({ method: 'DELETE', url: `${people}/${id(3)}` })
      .flush(null, { status: 204, statusText: 'No Content' });
    await settled();
    const less = { ...booking, participants: booking.participants.slice(0, 1) };
    server.expectOne({ method: 'GET', url: `/api/bookings/${booking.id}` }).flush(less);
    await settled();
    expect(changes).toEqual([less]);
  });

  it('says why someone could not be removed', async () => {
    sure = true;
    await show(true);
    await removeBen();
    server.expectOne({ method: 'DELETE', url: `${people}/${id(3)}` }).error(new ProgressEvent('error'));
    await settled();
    expect(root().querySelector('[role="alert"]')?.textContent).toContain('cannot be reached');
  });
});
