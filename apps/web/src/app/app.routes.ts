import { Routes } from '@angular/router';
import { anyone, signedIn, signedOut } from './session/session-guards';
import { barePage } from './shell/bare-page';

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    canActivate: [signedOut],
    loadComponent: async () => (await import('./landing/landing')).Landing,
  },
  {
    path: 'sign-in',
    title: 'Sign in',
    canActivate: [signedOut],
    loadComponent: async () => (await import('./sign-in/sign-in')).SignIn,
  },
  {
    path: 'register',
    title: 'Create an account',
    canActivate: [signedOut],
    loadComponent: async () => (await import('./register/register')).Register,
  },
  {
    path: 'bookings',
    canActivate: [signedIn],
    loadChildren: async () => (await import('./bookings/bookings.routes')).bookingsRoutes,
  },
  {
    path: 'app/exchange',
    canActivate: [signedIn],
    data: barePage,
    loadChildren: async () => (await import('./meeting/meeting.routes')).meetingRoutes,
  },
  {
    path: 'unreachable',
    title: 'No answer',
    loadComponent: async () => (await import('./unreachable/unreachable')).Unreachable,
  },
  {
    path: '**',
    title: 'Not found',
    canActivate: [anyone],
    loadComponent: async () => (await import('./not-found/not-found')).NotFound,
  },
];
