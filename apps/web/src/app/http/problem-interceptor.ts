import type { HttpInterceptorFn } from '@angular/common/http';
import { catchError, throwError } from 'rxjs';
import { asProblem } from './problem-error';

/** Turns every failing answer into a {@link ProblemError}, so that pages handle one kind of failure. */
export const problemInterceptor: HttpInterceptorFn = (request, next) =>
  next(request).pipe(catchError((error: unknown) => throwError(() => asProblem(error))));
