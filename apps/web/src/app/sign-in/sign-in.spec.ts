import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { problemInterceptor } from '../http/problem-interceptor';
import { SignIn } from './sign-in';

const ann = { id: '0b7c2a0e-5d0a-4a2e-9d1c-000000000001', email: 'ann@example.org', name: 'Ann' };

describe('SignIn', () => {
  let harness: RouterTestingHarness;
  let server: HttpTestingController;
  let page: Element;

  const open = async (path: string, settings = { registration: true, demo: [{ person: 'ann', name: 'Ann' }] }) => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter(
          [
            { path: 'sign-in', component: SignIn },
            { path: '**', children: [] },
          ],
          withComponentInputBinding(),
        ),
        provideHttpClient(withInterceptors([problemInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    server = TestBed.inject(HttpTestingController);
    harness = await RouterTestingHarness.create(path);
    server.expectOne('/api/settings').flush(settings);
    await harness.fixture.whenStable();
    page = harness.routeNativeElement!;
  };
  const type = (label: string, text: string) => {
    const field = [...page.querySelectorAll('mat-form-field')].find((one) => one.textContent.includes(label));
    const input = field!.querySelector('input')!;
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    page.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await harness.fixture.whenStable();
  };
  const fill = () => {
    type('E-mail', 'ann@example.org');
    type('Password', 'correct horse');
  };
  const answered = async () => {
    await new Promise((done) => setTimeout(done));
    await harness.fixture.whenStable();
  };

  it('asks for what is missing instead of sending it', async () => {
    await open('/sign-in');
    await submit();
    server.expectNone('/api/session');
    expect(page.textContent).toContain('Enter an e-mail address');
    expect(page.textContent).toContain('Enter your password.');
  });

  it('[A1] signs in and goes to the way back', async () => {
    await open('/sign-in?returnTo=%2Fapp%2Fexchange%2F6f1c');
    fill();
    await submit();
    const request = server.expectOne({ method: 'POST', url: '/api/session' });
    expect(request.request.body).toEqual({ email: 'ann@example.org', password: 'correct horse' });
    request.flush({ user: ann });
    await answered();
    expect(TestBed.inject(Router).url).toBe('/app/exchange/6f1c');
  });

  it('does not let the address choose another site', async () => {
    await open('/sign-in?returnTo=%2F%2Felsewhere.example');
    fill();
    await submit();
    server.expectOne({ method: 'POST', url: '/api/session' }).flush({ user: ann });
    await answered();
    expect(TestBed.inject(Router).url).toBe('/bookings');
  });

  it('says why it was refused, and sends the same again', async () => {
    await open('/sign-in');
    fill();
    await submit();
    const detail = 'That e-mail and password do not go together.';
    server
      .expectOne({ method: 'POST', url: '/api/session' })
      .flush(
        { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'wrong', detail },
        { status: 401, statusText: 'Unauthorized' },
      );
    await answered();
    expect(page.querySelector('[role="alert"]')?.textContent).toContain(detail);
    await submit();
    server.expectOne({ method: 'POST', url: '/api/session' }).flush({ user: ann });
    await answered();
    expect(TestBed.inject(Router).url).toBe('/bookings');
  });

  it('offers the demo people where the server has some, and registration where it is open', async () => {
    await open('/sign-in');
    expect(page.textContent).toContain('Try as Ann');
    expect(page.textContent).toContain('Create an account');
  });

  it('offers neither where the server has neither', async () => {
    await open('/sign-in', { registration: false, demo: [] });
    expect(page.textContent).not.toContain('Try as');
    expect(page.textContent).not.toContain('Create an account');
  });
});
