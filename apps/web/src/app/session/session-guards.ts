import { inject } from '@angular/core';
import { type CanActivateFn, type GuardResult, RedirectCommand, Router } from '@angular/router';
import { RETURN_TO, returnPath } from './return-path';
import { SessionStore } from './session-store';

/** Lets signed-in people through; others sign in first and come back. */
export const signedIn: CanActivateFn = (_route, state) => {
  const router = inject(Router);
  return decide(router, inject(SessionStore), state.url, (user) =>
    user ? true : router.createUrlTree(['/sign-in'], { queryParams: { [RETURN_TO]: state.url } }),
  );
};

/** For pages that are the same for all, and still show who is signed in. */
export const anyone: CanActivateFn = (_route, state) =>
  decide(inject(Router), inject(SessionStore), state.url, () => true);

/** For the pages that only someone who is not signed in needs; everybody else goes on to where they wanted. */
export const signedOut: CanActivateFn = (route, state) => {
  const router = inject(Router);
  const next = returnPath(route.queryParamMap.get(RETURN_TO), '/bookings');
  return decide(router, inject(SessionStore), state.url, (user) => (user ? router.parseUrl(next) : true));
};

async function decide(
  router: Router,
  session: SessionStore,
  url: string,
  decision: (user: boolean) => GuardResult,
): Promise<GuardResult> {
  let user: boolean;
  try {
    user = (await session.known()) !== null;
  } catch {
    // The address stays the wanted one: loading it again is all that is needed once the server answers.
    return new RedirectCommand(router.parseUrl('/unreachable'), { browserUrl: url });
  }
  return decision(user);
}
