import { DestroyRef, inject, provideEnvironmentInitializer } from '@angular/core';
import type { Routes } from '@angular/router';
import { exchangeRoutes } from '@parley/exchange';
import { ParleySocket, provideParleySocket } from '@parley/web-socket';
import { SessionStore } from '../session/session-store';

/**
 * The longest wait between two attempts to connect, in milliseconds. The client's own 30 s is for programs; a person who
 * looks at the page expects to be back soon after their network is.
 */
const LONGEST_WAIT_MS = 4_000;

/** The exchange's page with the app's one socket, which ends when the person signs out: what waits is then forgotten. */
export const meetingRoutes: Routes = [
  {
    path: '',
    providers: [
      provideParleySocket({ backoff: { min: 500, max: LONGEST_WAIT_MS } }),
      provideEnvironmentInitializer(() => {
        const socket = inject(ParleySocket);
        const leaving = inject(SessionStore).signedOut.subscribe(() => socket.signOut());
        inject(DestroyRef).onDestroy(() => leaving.unsubscribe());
      }),
    ],
    children: exchangeRoutes,
  },
];
