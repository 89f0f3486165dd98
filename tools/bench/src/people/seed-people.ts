import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { sessionCookie } from './session-cookie';

/** Someone with an account and a session, as after signing in. */
export interface SeededPerson {
  readonly userId: string;
  readonly name: string;
  /** The session's id. */
  readonly sid: string;
  /** Value of the `Cookie` header. */
  readonly cookie: string;
}

const HOUR_MS = 3_600_000;
const names = ['Ann', 'Ben', 'Cleo'];

/**
 * People with accounts and sessions, written at once: to register them would take minutes, for hashing passwords is
 * meant to be slow. They have no password, and cannot sign in again.
 *
 * @param secret the server's SESSION_SECRET
 */
export async function seedPeople(pool: Pool, count: number, secret: string): Promise<readonly SeededPerson[]> {
  const people = Array.from({ length: count }, (_, index) => {
    const sid = randomBytes(32).toString('base64url');
    const name = `${names[index % names.length] ?? ''} ${index} café 日本語`;
    return { userId: randomUUID(), name, sid, cookie: sessionCookie(sid, secret) };
  });
  const ids = people.map(({ userId }) => userId);
  await pool.query(
    `INSERT INTO users (id, email, name)
      SELECT id, 'seeded-' || id || '@example.org', name FROM unnest($1::uuid[], $2::varchar[]) AS person (id, name)`,
    [ids, people.map(({ name }) => name)],
  );
  const sessions = people.map(({ userId }) => JSON.stringify(session(userId)));
  await pool.query(
    `INSERT INTO sessions (sid, sess, expire)
      SELECT sid, sess, now() + interval '12 hours' FROM unnest($1::varchar[], $2::json[]) AS session (sid, sess)`,
    [people.map(({ sid }) => sid), sessions],
  );
  return people;
}

/** What the server keeps of a session that began a moment ago. */
function session(userId: string): object {
  const originalMaxAge = 12 * HOUR_MS;
  const expires = new Date(Date.now() + originalMaxAge);
  return {
    cookie: { originalMaxAge, expires, secure: false, httpOnly: true, path: '/', sameSite: 'lax' },
    userId,
    endsAt: Date.now() + 168 * HOUR_MS,
  };
}
