import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { SeededPerson } from './seed-people';

/**
 * An exchange for each group, open now and for hours; the first of a group is its host.
 *
 * @returns their ids, in the groups' order
 */
export async function seedExchanges(
  pool: Pool,
  groups: readonly (readonly SeededPerson[])[],
): Promise<readonly string[]> {
  const seats = groups.flatMap((people) => {
    const id = randomUUID();
    return people.map(({ userId }, place) => ({ id, userId, isHost: place === 0 }));
  });
  const hosted = seats.filter(({ isHost }) => isHost);
  const ids = hosted.map(({ id }) => id);
  await pool.query(
    `INSERT INTO bookings (id, title, starts_at, ends_at, time_zone, host_id)
      SELECT id, 'Bench café 日本語', now() - interval '1 minute', now() + interval '6 hours', 'UTC', host
      FROM unnest($1::uuid[], $2::uuid[]) AS booking (id, host)`,
    [ids, hosted.map(({ userId }) => userId)],
  );
  await pool.query(
    `INSERT INTO booking_participants (booking_id, user_id)
      SELECT * FROM unnest($1::uuid[], $2::uuid[])`,
    [seats.map(({ id }) => id), seats.map(({ userId }) => userId)],
  );
  await pool.query(`INSERT INTO exchanges (id) SELECT unnest($1::uuid[])`, [ids]);
  return ids;
}

/** People in groups of this size; the last one may be smaller. */
export function inGroups<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
