import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, inject, provideBrowserGlobalErrorListeners } from '@angular/core';
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
    provideHttpClient(withInterceptors([sessionEndInterceptor, problemInterceptor])),
    { provide: TitleStrategy, useExisting: PageTitle },
  ],
};
