import { TICKET_LIFETIME_MS } from '@parley/protocol';
import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { SeededPerson } from './seed-people';

/** What an upgrade needs. */
export interface SeededTicket {
  readonly ticket: string;
  readonly connectionId: string;
}

/**
 * A ticket for each, in their order, as the server issues them (T1): for where issuing is not what is measured. They
 * are good for 30 s, so those who connect slowly take them in small batches.
 *
 * @param resume the connection that each is to go on with (T4), as the server would after looking it up
 */
export async function seedTickets(
  pool: Pool,
  people: readonly SeededPerson[],
  resume?: readonly string[],
): Promise<readonly SeededTicket[]> {
  const issued = people.map(({ userId, sid }, index) => {
    const authCode = randomBytes(32).toString('base64url');
    const connectionId = resume?.[index] ?? randomBytes(16).toString('base64url');
    return { userId, connectionId, ticket: `${connectionId}:${authCode}`, hashes: [sha256(authCode), sha256(sid)] };
  });
  await pool.query(
    `INSERT INTO tickets (auth_code_hash, connection_id, user_id, session_hash, expires_at)
      SELECT auth_code_hash, connection_id, user_id, session_hash, $5
      FROM unnest($1::bytea[], $2::varchar[], $3::uuid[], $4::bytea[])
        AS ticket (auth_code_hash, connection_id, user_id, session_hash)`,
    [
      issued.map(({ hashes }) => hashes[0]),
      issued.map(({ connectionId }) => connectionId),
      issued.map(({ userId }) => userId),
      issued.map(({ hashes }) => hashes[1]),
      new Date(Date.now() + TICKET_LIFETIME_MS),
    ],
  );
  return issued.map(({ ticket, connectionId }) => ({ ticket, connectionId }));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
