import type { Routes } from '@angular/router';
import { ExchangePage } from './page/exchange-page';

/**
 * The exchange page, for `children` at `app/exchange`. It needs the app's `HttpClient`, a router with component input
 * binding, the tokens of the app's theme, and a `ParleySocket`, which the app ends when its user signs out.
 */
export const exchangeRoutes: Routes = [{ path: ':id', component: ExchangePage, title: 'Meeting' }];
