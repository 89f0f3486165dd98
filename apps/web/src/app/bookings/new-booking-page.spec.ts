import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { problemInterceptor } from '../http/problem-interceptor';
import { NewBookingPage } from './new-booking-page';

describe('NewBookingPage', () => {
  let page: ComponentFixture<NewBookingPage>;
  let server: HttpTestingController;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        provideHttpClient(withInterceptors([problemInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    server = TestBed.inject(HttpTestingController);
    page = TestBed.createComponent(NewBookingPage);
    await page.whenStable();
  });

  const root = () => page.nativeElement as HTMLElement;
  const field = (label: string) =>
    [...root().querySelectorAll('mat-form-field')].find((one) => one.textContent.includes(label))!;
  const type = (label: string, text: string) => {
    const input = field(label).querySelector('input')!;
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  const settled = async () => {
    await new Promise((done) => setTimeout(done));
    TestBed.tick();
  };
  const submit = async () => {
    root()
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();
  };
  const fill = () => {
    type('Title', 'Café 👩‍👩‍👧 日本語');
    type('Day', '2026-11-24');
    type('Starts', '23:30');
    type('Ends', '00:15');
    type('Time zone', 'Europe/Madrid');
    type('Invite people', 'ben@example.org, dora@example.org,');
  };

  it('begins in this device’s zone', () => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(field('Time zone').querySelector('input')?.value).toBe(zone);
  });

  it('sends nothing that the server would refuse, and says what is missing', async () => {
    await submit();
    server.expectNone('/api/bookings');
    expect(field('Title').textContent).toContain('Give the meeting a title.');
  });

  it('[A2] sends instants, and shows the booking', async () => {
    fill();
    await submit();
    const request = server.expectOne({ method: 'POST', url: '/api/bookings' });
    expect(request.request.body).toEqual({
      title: 'Café 👩‍👩‍👧 日本語',
      startsAt: '2026-11-24T22:30:00.000Z',
      endsAt: '2026-11-24T23:15:00.000Z',
      timeZone: 'Europe/Madrid',
      participants: ['ben@example.org', 'dora@example.org'],
    });
    const id = '0b7c2a0e-5d0a-4a2e-9d1c-000000000001';
    request.flush({ ...(request.request.body as object), id, cancelled: false, participants: [] });
    await settled();
    expect(TestBed.inject(Router).url).toBe(`/bookings/${id}`);
  });

  it('[A5] brings the server’s mistakes to their fields, with the address that is meant', async () => {
    fill();
    await submit();
    server.expectOne('/api/bookings').flush(
      {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        code: 'invalid-input',
        detail: 'Some of what was sent is not valid.',
        errors: [
          { field: 'startsAt', message: 'That day is over.' },
          { field: 'participants.1', message: 'Nobody with this address has an account here.' },
        ],
      },
      { status: 400, statusText: 'Bad Request' },
    );
    await settled();
    expect(field('Starts').textContent).toContain('That day is over.');
    expect(root().textContent).toContain('dora@example.org: Nobody with this address has an account here.');
    expect(root().querySelector('button[type="submit"]')?.textContent).toContain('Book');
  });

  it('says what a failure means, and can be sent again', async () => {
    fill();
    await submit();
    server.expectOne('/api/bookings').error(new ProgressEvent('error'));
    await settled();
    expect(root().querySelector('parley-notice')?.textContent).toContain('nothing was sent');
    await submit();
    server.expectOne('/api/bookings');
  });
});
