import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Subject, firstValueFrom, type Observable } from 'rxjs';
import { problemInterceptor } from '../http/problem-interceptor';
import { SessionStore } from './session-store';
import { TabMemory } from './tab-memory';

const ann = { id: '0b7c2a0e-5d0a-4a2e-9d1c-000000000001', email: 'ann@example.org', name: 'Ann café 日本語' };

describe('SessionStore', () => {
  let store: SessionStore;
  let server: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([problemInterceptor])), provideHttpClientTesting()],
    });
    store = TestBed.inject(SessionStore);
    server = TestBed.inject(HttpTestingController);
  });
  afterEach(() => server.verify());

  const refuse = () => server.expectOne('/api/session').flush(null, { status: 401, statusText: 'Unauthorized' });

  it('[A1] asks once, however many want to know', async () => {
    expect(store.user()).toBeUndefined();
    const both = Promise.all([store.known(), store.known()]);
    server.expectOne('/api/session').flush({ user: ann });
    expect(await both).toEqual([ann, ann]);
    expect(await store.known()).toEqual(ann);
    expect(store.signedIn()).toBe(true);
  });

  it('[A1] takes a 401 for an answer: nobody is signed in', async () => {
    const known = store.known();
    refuse();
    expect(await known).toBeNull();
    expect(store.user()).toBeNull();
  });

  it('does not remember a failure, and asks again', async () => {
    const failed = store.known();
    server.expectOne('/api/session').error(new ProgressEvent('error'));
    await expect(failed).rejects.toMatchObject({ status: 0 });
    const again = store.known();
    server.expectOne('/api/session').flush({ user: ann });
    expect(await again).toEqual(ann);
  });

  it('does not believe an answer in another form', async () => {
    const known = store.known();
    server.expectOne('/api/session').flush({ user: { name: 'Ann' } });
    await expect(known).rejects.toThrow();
    expect(store.user()).toBeUndefined();
  });

  it('signs in and out', async () => {
    const entering = store.signIn({ email: ann.email, password: 'correct horse' });
    server.expectOne({ method: 'POST', url: '/api/session' }).flush({ user: ann });
    await entering;
    expect(store.user()).toEqual(ann);
    sessionStorage.setItem('parley:queue:0', 'waits');
    const told = firstValueFrom(store.signedOut);
    const leaving = store.signOut();
    server.expectOne({ method: 'DELETE', url: '/api/session' }).flush(null, { status: 204, statusText: 'No Content' });
    await Promise.all([leaving, told]);
    expect(store.user()).toBeNull();
    expect(sessionStorage.getItem('parley:queue:0')).toBeNull();
  });

  it('is signed out when another tab is', async () => {
    const others = TestBed.inject(TabMemory) as { forgotten: Observable<void> };
    const channel = new Subject<void>();
    others.forgotten = channel;
    const elsewhere = TestBed.runInInjectionContext(() => new SessionStore());
    const entering = elsewhere.tryAs('ann');
    server.expectOne('/api/demo/session').flush({ user: ann });
    await entering;
    const told = firstValueFrom(elsewhere.signedOut);
    channel.next();
    await told;
    expect(elsewhere.user()).toBeNull();
  });

  it('stays signed in when signing out fails', async () => {
    const entering = store.tryAs('ann');
    server.expectOne('/api/demo/session').flush({ user: ann });
    await entering;
    sessionStorage.setItem('parley:queue:0', 'waits');
    store.ended();
    expect(sessionStorage.getItem('parley:queue:0')).toBe('waits');
    const again = store.tryAs('ann');
    server.expectOne('/api/demo/session').flush({ user: ann });
    await again;
    const leaving = store.signOut();
    server.expectOne({ method: 'DELETE', url: '/api/session' }).error(new ProgressEvent('error'));
    await expect(leaving).rejects.toMatchObject({ status: 0 });
    expect(store.user()).toEqual(ann);
  });
});
