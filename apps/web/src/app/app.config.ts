import { provideHttpClient, withInterceptors, withXhr } from '@angular/common/http';
import {
  type ApplicationConfig,
  ErrorHandler,
  inject,
  provideBrowserGlobalErrorListeners,
  provideEnvironmentInitializer,
} from '@angular/core';
import {
  RedirectCommand,
  Router,
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
} from '@angular/router';
import { routes } from './app.routes';
import { problemInterceptor } from './http/problem-interceptor';
import { sessionEndInterceptor } from './session/session-end-interceptor';
import { SessionStore } from './session/session-store';
import { PageTitle } from './shell/page-title';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
      // A page's own code could not be fetched: the same words as for any answer that does not come.
      withNavigationErrorHandler(
        ({ url }) => new RedirectCommand(inject(Router).parseUrl('/unreachable'), { browserUrl: url }),
      ),
    ),
    // The one nearest to the server comes last: it makes the ProblemError that the other one reads.
    // Only XMLHttpRequest says how much of a file has been sent.
    provideHttpClient(withXhr(), withInterceptors([sessionEndInterceptor, problemInterceptor])),
    { provide: TitleStrategy, useExisting: PageTitle },
    // What somebody drew without a network waits in this browser, for them alone: who signs out takes nothing up again (W4).
    provideEnvironmentInitializer(() => {
      const errors = inject(ErrorHandler);
      inject(SessionStore).signedOut.subscribe(() => {
        import('@parley/board/keep')
          .then(({ forgetKeptBoards }) => forgetKeptBoards())
          .catch((error: unknown) => errors.handleError(error));
      });
    }),
  ],
};
