import type { Routes } from '@angular/router';
import { provideParleySocket } from '@parley/web-socket';
import { ExchangePage } from './page/exchange-page';

/**
 * The exchange page, for `loadChildren` at `app/exchange`. It needs the app's `HttpClient`, a router with component
 * input binding, and the tokens of the app's theme. The socket comes with it, so that no other page loads its code.
 */
export const exchangeRoutes: Routes = [
  { path: ':id', component: ExchangePage, title: 'Meeting', providers: [provideParleySocket()] },
];
