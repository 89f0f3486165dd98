import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Booking } from '@parley/protocol';
import { problemInterceptor } from '../http/problem-interceptor';
import { Clock } from '../time/clock';
import { BookingsPage } from './bookings-page';

const HOUR_MS = 3_600_000;
const now = Date.parse('2026-11-23T20:00:00Z');
const ids = ['1', '2', '3', '4'].map((digit) => `0b7c2a0e-5d0a-4a2e-9d1c-00000000000${digit}`);
const booking = (index: number, title: string, hours: number): Booking => ({
  id: ids[index]!,
  title,
  startsAt: new Date(now + hours * HOUR_MS).toISOString(),
  endsAt: new Date(now + (hours + 1) * HOUR_MS).toISOString(),
  timeZone: 'Asia/Kathmandu',
  cancelled: false,
  participants: [{ userId: ids[3]!, name: 'Ben', host: true }],
});

describe('BookingsPage', () => {
  let page: ComponentFixture<BookingsPage>;
  let server: HttpTestingController;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: Clock, useValue: { now: () => now } },
        provideHttpClient(withInterceptors([problemInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    server = TestBed.inject(HttpTestingController);
    page = TestBed.createComponent(BookingsPage);
    page.detectChanges();
    await Promise.resolve();
  });

  const request = () => server.expectOne(({ url }) => url === '/api/bookings');
  const settled = async () => {
    await new Promise((done) => setTimeout(done));
    // Not whenStable(): that would wait for the very request that a test is about to answer.
    TestBed.tick();
  };
  const text = () => (page.nativeElement as HTMLElement).textContent;
  const link = (name: string) =>
    [...(page.nativeElement as HTMLElement).querySelectorAll('a')].find((one) => one.textContent.trim() === name);

  it('says that it is loading', () => {
    expect(text()).toContain('Loading your bookings');
    request();
  });

  it('leads into the meeting that is on, and shows the others', async () => {
    request().flush({
      bookings: [booking(0, 'On: café 👩‍👩‍👧 日本語', -0.5), booking(1, 'Later', 30), booking(2, 'Over', -30)],
    });
    await settled();
    expect(text()).toContain('On: café 👩‍👩‍👧 日本語');
    expect(text()).toMatch(/On now, 30 min left/);
    expect(text()).toContain('in Kathmandu');
    expect(link('Join')?.getAttribute('href')).toBe(`/app/exchange/${ids[0]!}`);
    expect(link('Later')?.getAttribute('href')).toBe(`/bookings/${ids[1]!}`);
    expect(text()).toMatch(/Past.*Over/s);
  });

  it('looks further back before it says that there is nothing, and then says what to do', async () => {
    const first = request();
    expect(first.request.params.has('from')).toBe(true);
    first.flush({ bookings: [] });
    await settled();
    const all = request();
    expect(all.request.params.has('from')).toBe(false);
    all.flush({ bookings: [] });
    await settled();
    expect(text()).toContain('No meetings yet');
    expect(text()).not.toContain('Show older meetings');
  });

  it('says why nothing came, and tries again', async () => {
    const detail = 'The database cannot be reached right now.';
    request().flush(
      { type: 'about:blank', title: 'x', status: 503, code: 'unavailable', detail },
      { status: 503, statusText: 'Service Unavailable' },
    );
    await settled();
    expect(text()).toContain(detail);
    const again = [...(page.nativeElement as HTMLElement).querySelectorAll('button')].find((one) =>
      one.textContent.includes('Try again'),
    );
    again!.click();
    await settled();
    request().flush({ bookings: [booking(1, 'Later', 30)] });
    await settled();
    expect(text()).toContain('Later');
    expect(text()).not.toContain(detail);
  });
});
