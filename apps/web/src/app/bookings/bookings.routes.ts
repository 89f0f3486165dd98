import { Routes } from '@angular/router';

export const bookingsRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Bookings',
    loadComponent: async () => (await import('./bookings-page')).BookingsPage,
  },
  {
    path: 'new',
    title: 'Book a meeting',
    loadComponent: async () => (await import('./new-booking-page')).NewBookingPage,
  },
  {
    path: ':id',
    title: 'Booking',
    loadComponent: async () => (await import('./booking-page')).BookingPage,
  },
];
