import { Session, connectionPool } from '@parley/persistence';
import session from 'express-session';
import type { RequestHandler } from 'express';
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Config } from '../config/config';
import { SESSION_COOKIE } from './session-cookie';
import './session-data';
import type { SessionTable } from './session-expiry';
import { SessionStore } from './session-store';

export function sessionTable(config: Pick<Config, 'sessionIdleMs'>, dataSource: DataSource): SessionTable {
  return {
    pool: connectionPool(dataSource),
    tableName: dataSource.getMetadata(Session).tableName,
    idleMs: config.sessionIdleMs,
  };
}

/**
 * Reads the session cookie and keeps the session in the database. A session ends when it was not used for a while, at
 * its absolute end, or when its row is deleted, whichever comes first.
 */
export function sessionMiddleware(config: Config, dataSource: DataSource, secret: string): readonly RequestHandler[] {
  return [
    session({
      name: SESSION_COOKIE,
      secret,
      genid: () => randomBytes(32).toString('base64url'),
      store: new SessionStore(sessionTable(config, dataSource)),
      resave: false,
      saveUninitialized: false,
      rolling: true,
      cookie: {
        httpOnly: true,
        sameSite: 'lax',
        secure: config.cookieSecure === 'always' ? true : 'auto',
        maxAge: config.sessionIdleMs,
      },
    }),
    (request, _response, next) => {
      const { endsAt } = request.session;
      if (endsAt !== undefined) request.session.cookie.maxAge = Math.min(config.sessionIdleMs, endsAt - Date.now());
      next();
    },
  ];
}
