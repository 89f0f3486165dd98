import { Inject, Injectable } from '@nestjs/common';
import type { User } from '@parley/persistence';
import type { Request, Response } from 'express';
import { promisify } from 'node:util';
import { CONFIG, type Config } from '../config/config';
import { ProblemException } from '../http/problem.exception';
import { SESSION_COOKIE } from './session-cookie';

/** Begins and ends sessions. */
@Injectable()
export class SignIn {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Gives the browser a new session; the one it had, if any, is over, and its sockets with it (T5). */
  async begin(request: Request, user: Pick<User, 'id'>): Promise<void> {
    if (this.config.cookieSecure === 'always' && !request.secure) {
      throw new ProblemException(
        400,
        'https-required',
        'Sign-in needs HTTPS here. Behind a proxy that speaks HTTPS, set TRUST_PROXY=1; to try the server over plain ' +
          'HTTP, set COOKIE_SECURE=auto.',
      );
    }
    await promisify(request.session.regenerate.bind(request.session))();
    request.session.userId = user.id;
    request.session.endsAt = Date.now() + this.config.sessionAbsoluteMs;
    request.session.cookie.maxAge = Math.min(this.config.sessionIdleMs, this.config.sessionAbsoluteMs);
    // Written before the answer: the browser's next request must find it.
    await promisify(request.session.save.bind(request.session))();
  }

  async end(request: Request, response: Response): Promise<void> {
    await promisify(request.session.destroy.bind(request.session))();
    response.clearCookie(SESSION_COOKIE, { httpOnly: true, sameSite: 'lax' });
  }
}
