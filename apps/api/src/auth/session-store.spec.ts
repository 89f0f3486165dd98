import { Cookie } from 'express-session';
import { ProblemException } from '../http/problem.exception';
import { SessionStore } from './session-store';

describe('the sessions of a database that is away', () => {
  const storeWhere = (error: Error): SessionStore =>
    new SessionStore({ pool: { query: () => Promise.reject(error) } as never, tableName: 'sessions', idleMs: 60_000 });

  it.each(['ENOENT', 'ECONNREFUSED'])('are not taken for missing ones (%s)', async (code) => {
    const store = storeWhere(Object.assign(new Error(`connect ${code}`), { code }));
    const error = await new Promise((resolve) => {
      store.get('sid', resolve);
    });
    // express-session goes on without a session when it gets no error, or one with this code.
    expect(error).toBeInstanceOf(Error);
    expect((error as { code?: string }).code).not.toBe('ENOENT');
    expect(error instanceof ProblemException).toBe(code === 'ENOENT');
  });

  it('fail no request whose answer is on its way', async () => {
    const outcome = await new Promise((resolve) => {
      storeWhere(new Error('Connection terminated')).touch(
        'sid',
        { cookie: new Cookie(), userId: 'ann', endsAt: 0 },
        (...args: unknown[]) => {
          resolve(args);
        },
      );
    });
    expect(outcome).toEqual([]);
  });
});
