import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { User } from '@parley/protocol';
import { signedIn, signedOut } from './session-guards';
import { SessionStore } from './session-store';

const ann: User = { id: '0b7c2a0e-5d0a-4a2e-9d1c-000000000001', email: 'ann@example.org', name: 'Ann' };

@Component({ template: '' })
class Page {}

describe('session guards', () => {
  let user: User | null | Error;

  const openPage = async (path: string): Promise<Router> => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: 'bookings', component: Page, canActivate: [signedIn] },
          { path: 'app/exchange/:id', component: Page, canActivate: [signedIn] },
          { path: 'sign-in', component: Page, canActivate: [signedOut] },
          { path: 'unreachable', component: Page },
        ]),
        {
          provide: SessionStore,
          useValue: { known: () => (user instanceof Error ? Promise.reject(user) : Promise.resolve(user)) },
        },
      ],
    });
    await (await RouterTestingHarness.create()).navigateByUrl(path);
    return TestBed.inject(Router);
  };

  it('sends someone who is not signed in to the sign-in page, with the way back', async () => {
    user = null;
    const { url } = await openPage('/app/exchange/6f1c?tab=chat');
    expect(url).toBe('/sign-in?returnTo=%2Fapp%2Fexchange%2F6f1c%3Ftab%3Dchat');
  });

  it('lets someone who is signed in through, and past the sign-in page', async () => {
    user = ann;
    const router = await openPage('/bookings');
    expect(router.url).toBe('/bookings');
    await router.navigateByUrl('/sign-in?returnTo=%2Fapp%2Fexchange%2F6f1c');
    expect(router.url).toBe('/app/exchange/6f1c');
    await router.navigateByUrl('/sign-in?returnTo=https:%2F%2Felsewhere.example');
    expect(router.url).toBe('/bookings');
  });

  it('shows that the server does not answer, and keeps the address for the next try', async () => {
    user = new Error('no answer');
    const router = await openPage('/bookings');
    expect(router.lastSuccessfulNavigation()?.finalUrl?.toString()).toBe('/unreachable');
    expect(TestBed.inject(Location).path()).toBe('/bookings');
  });
});
