import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { NavigationEnd, Router, provideRouter } from '@angular/router';
import { filter, firstValueFrom } from 'rxjs';
import { problemInterceptor } from '../http/problem-interceptor';
import { sessionEndInterceptor } from './session-end-interceptor';
import { SessionStore } from './session-store';

const ann = { id: '0b7c2a0e-5d0a-4a2e-9d1c-000000000001', email: 'ann@example.org', name: 'Ann' };
const unauthorized = { status: 401, statusText: 'Unauthorized' };

describe('sessionEndInterceptor', () => {
  let http: HttpClient;
  let server: HttpTestingController;
  let session: SessionStore;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([{ path: '**', children: [] }]),
        provideHttpClient(withInterceptors([sessionEndInterceptor, problemInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    http = TestBed.inject(HttpClient);
    server = TestBed.inject(HttpTestingController);
    session = TestBed.inject(SessionStore);
    await TestBed.inject(Router).navigateByUrl('/bookings');
  });

  const signIn = async () => {
    const known = session.known();
    server.expectOne('/api/session').flush({ user: ann });
    await known;
  };

  it('leads to the sign-in page, and back, when the session ended meanwhile', async () => {
    await signIn();
    const router = TestBed.inject(Router);
    const arrived = firstValueFrom(router.events.pipe(filter((event) => event instanceof NavigationEnd)));
    const answer = firstValueFrom(http.get('/api/bookings'));
    server.expectOne('/api/bookings').flush(null, unauthorized);
    await expect(answer).rejects.toMatchObject({ status: 401 });
    expect((await arrived).url).toBe('/sign-in?returnTo=%2Fbookings&ended=true');
    expect(session.user()).toBeNull();
  });

  it('leaves a wrong password alone', async () => {
    await signIn();
    const answer = firstValueFrom(http.post('/api/session', {}));
    server.expectOne('/api/session').flush(null, unauthorized);
    await expect(answer).rejects.toMatchObject({ status: 401 });
    expect(session.user()).toEqual(ann);
    expect(TestBed.inject(Router).url).toBe('/bookings');
  });
});
