import { ProblemException } from '../http/problem.exception';

export const notHost = (detail: string): ProblemException => new ProblemException(403, 'not-host', detail);

export const bookingCancelled = (): ProblemException =>
  new ProblemException(409, 'booking-cancelled', 'The booking was cancelled; it cannot be changed any more.');
