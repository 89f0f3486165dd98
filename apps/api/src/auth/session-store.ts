import { Logger } from '@nestjs/common';
import connectPgSimple from 'connect-pg-simple';
import session, { type SessionData } from 'express-session';
import { unavailable } from '../http/problem.exception';

/** Sessions in the database. A database that cannot be reached signs nobody out, and spoils no answer. */
export class SessionStore extends connectPgSimple(session) {
  private readonly logger = new Logger(SessionStore.name);

  override get(sid: string, callback: (error: unknown, found?: SessionData | null) => void): void {
    super.get(sid, (error: unknown, found) => {
      // To express-session ENOENT means "there is no such session"; here it is a database whose socket file is gone.
      if ((error as { code?: unknown } | null)?.code === 'ENOENT') {
        callback(unavailable('The database cannot be reached right now. Try again soon.'));
      } else callback(error, found);
    });
  }

  /** The answer is on its way already when the session's end is moved; the next request moves it too. */
  override touch(sid: string, data: SessionData, callback?: () => void): void {
    super.touch(sid, data, (...[error]: readonly unknown[]) => {
      if (error instanceof Error) this.logger.warn(`The end of a session was not moved. ${error.message}`);
      callback?.();
    });
  }
}
