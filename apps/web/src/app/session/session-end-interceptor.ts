import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, throwError } from 'rxjs';
import { ProblemError } from '../http/problem-error';
import { RETURN_TO } from './return-path';
import { SessionStore } from './session-store';

/**
 * A 401 in the middle of things means that the session ended: the person signs in again and comes back. The session's
 * own address is left out, there a 401 is an answer (nobody is signed in, or a wrong password).
 */
export const sessionEndInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  const router = inject(Router);
  return next(request).pipe(
    catchError((error: unknown) => {
      const known = session.signedIn();
      if (known && error instanceof ProblemError && error.status === 401 && request.url !== '/api/session') {
        session.ended();
        void router.navigate(['/sign-in'], { queryParams: { [RETURN_TO]: router.url, ended: true } });
      }
      return throwError(() => error);
    }),
  );
};
