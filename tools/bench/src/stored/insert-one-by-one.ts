import type { Pool } from 'pg';

export interface BaselineOptions {
  readonly pool: Pool;
  readonly connections: number;
  readonly userId: string;
  readonly seconds: number;
  /** Topics of the baseline's rows, so that they are nobody else's. */
  readonly prefix: string;
}

/** What a server without batches would do: one `INSERT`, one commit a row, on as many connections. Rows a second. */
export async function insertOneByOne({ pool, connections, userId, seconds, prefix }: BaselineOptions): Promise<number> {
  const started = performance.now();
  const end = started + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const client = await pool.connect();
      try {
        let seq = 0;
        while (performance.now() < end) {
          seq += 1;
          await client.query({
            name: 'baseline',
            text: `INSERT INTO topic_messages (topic, seq, user_id, sender, action, client_id, payload, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
            values: [
              `${prefix}:${connection}`,
              seq,
              userId,
              'baseline',
              'message',
              `baseline-${seq}`,
              JSON.stringify(payload(seq)),
              new Date().toISOString(),
            ],
          });
        }
        return seq;
      } finally {
        client.release();
      }
    }),
  );
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return rows / ((performance.now() - started) / 1000);
}

/** The payload of every message of this bench: a short line of chat. */
export function payload(number: number): { text: string; number: number } {
  return { text: 'See you there, café 日本語', number };
}
