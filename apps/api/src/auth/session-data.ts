import 'express-session';

declare module 'express-session' {
  interface SessionData {
    userId: string;
    /** Milliseconds since 1970 at which it ends, used or not. */
    endsAt: number;
  }
}
