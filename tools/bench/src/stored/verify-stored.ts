import type { Pool } from 'pg';
import type { Storer } from './storer';

/** What the comparison of acks and table found. All but `rows` must be 0. */
export interface Verdict {
  readonly rows: number;
  /** Acknowledged, and not in the table. */
  readonly lost: number;
  /** In the table more than once. */
  readonly doubled: number;
  /** Acknowledged with another `seq` than the table has. */
  readonly misnumbered: number;
  /** Missing numbers between 1 and a topic's last `seq`. */
  readonly gaps: number;
}

/** Compares every ack with the table. */
export async function verifyStored(pool: Pool, storers: readonly Storer[]): Promise<Verdict> {
  const acked = new Map(storers.flatMap(({ acks }) => [...acks]));
  const verdict = { rows: 0, lost: 0, doubled: 0, misnumbered: 0, gaps: 0 };
  for (const topic of new Set(storers.map((storer) => storer.topic))) {
    const { rows } = await pool.query<{ seq: string; client_id: string }>(
      'SELECT seq, client_id FROM topic_messages WHERE topic = $1 ORDER BY seq',
      [topic],
    );
    const seen = new Set<string>();
    for (const [index, { seq, client_id: id }] of rows.entries()) {
      if (Number(seq) !== index + 1) verdict.gaps += 1;
      if (seen.has(id)) verdict.doubled += 1;
      seen.add(id);
      const ackedSeq = acked.get(id);
      if (ackedSeq !== undefined && ackedSeq !== Number(seq)) verdict.misnumbered += 1;
    }
    verdict.rows += rows.length;
    for (const storer of storers) {
      if (storer.topic === topic) for (const id of storer.acks.keys()) if (!seen.has(id)) verdict.lost += 1;
    }
  }
  return verdict;
}
