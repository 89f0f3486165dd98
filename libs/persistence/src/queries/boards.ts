import { Injectable } from '@nestjs/common';
import type { Json } from '@parley/protocol';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';

/** A stored `board-update` whose payload is still there. */
export interface BoardRow {
  readonly seq: number;
  readonly userId: string;
  readonly payload: Json;
}

export interface BoardRead {
  /** The topic's newest message when this was read: every update up to it is in the snapshot or in the tail. */
  readonly seq: number;
  /** Absent where there is none, or the asker has it. */
  readonly snapshot?: Uint8Array;
  /** In the order of `seq`. */
  readonly tail: readonly BoardRow[];
}

export interface MergedRows {
  readonly snapshot: Uint8Array;
  /** Places in the tail of what is not in the snapshot; the rows stay as they are. */
  readonly left: readonly number[];
}

/** Makes one snapshot of the last one and what was stored since. */
export type BoardMerge = (snapshot: Uint8Array | undefined, tail: readonly BoardRow[]) => Promise<MergedRows>;

export interface Compaction {
  /** Rows whose payload is now in the snapshot. */
  readonly merged: number;
  /** Whether there was too much for one time. */
  readonly more: boolean;
}

interface Row {
  readonly seq: string;
  readonly user_id: string;
  readonly payload: Json;
}

type ReadRow = Row & { readonly is_head: boolean; readonly state: Buffer | null };
type TailRow = Row & { readonly is_stale: boolean; readonly has_more: boolean };

/** So many rows are merged at once at most, and of so many bytes together. */
const ROWS = 10_000;
const BYTES = 16 * 1024 * 1024;
/** Parts of updates wait so long for the others. */
const PARTS_KEPT = `interval '7 days'`;

/** What is still to be merged, in the very words of the index over it. */
const uncompacted = `topic = $1 AND action = 'board-update' AND NOT compacted`;

/** Whiteboards as they are stored: a snapshot, and the updates since, which are messages like all others. */
@Injectable()
export class Boards {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The whole board, or what was stored after `after`. One statement sees one state of the database, so a compaction at
   * the same time is either all in it or not at all; and `seq` is given under a lock, so nothing below the newest comes
   * later. Parts that a compaction left over are always answered: their others may still come.
   *
   * @param after the `seq` up to which the asker has everything
   */
  async read(topic: string, after?: number): Promise<BoardRead> {
    // No name: a plan made while there were few messages would be kept, and scan all of them.
    const { rows } = await connectionPool(this.dataSource).query<ReadRow>({
      text: `WITH snapshot AS (SELECT seq, state FROM board_snapshots WHERE topic = $1)
        SELECT true AS is_head, coalesce((SELECT last_seq FROM topics WHERE name = $1), 0) AS seq, NULL::uuid AS user_id,
          NULL::json AS payload, (SELECT state FROM snapshot WHERE snapshot.seq > $2) AS state
        UNION ALL
        SELECT false, seq, user_id, payload, NULL FROM topic_messages
          WHERE ${uncompacted} AND (seq > $2 OR seq <= (SELECT snapshot.seq FROM snapshot))
        ORDER BY 1 DESC, 2`,
      values: [topic, after ?? -1],
    });
    const [head, ...tail] = rows;
    const state = head?.state ?? undefined;
    return { seq: Number(head?.seq ?? 0), ...(state && { snapshot: state }), tail: tail.map(boardRow) };
  }

  /** Whiteboards of whose topics more than so many messages are newer than the snapshot; the first hundred. */
  async grown(messages: number): Promise<readonly string[]> {
    const { rows } = await connectionPool(this.dataSource).query<{ name: string }>({
      text: `SELECT name FROM topics LEFT JOIN board_snapshots ON topic = name
        WHERE name LIKE 'exchange/whiteboard:%' AND last_seq - coalesce(seq, 0) > $1 ORDER BY name LIMIT 100`,
      values: [messages],
    });
    return rows.map(({ name }) => name);
  }

  /**
   * Merges a part of the tail into the snapshot, all of it or nothing. Rows keep everything but their payload, so that a
   * repeat is still known (P3). The transaction stays open for as long as `merge` takes; messages can be stored meanwhile.
   *
   * @returns 'busy' while another node, or this one, is at it
   * @throws whatever `merge` throws; then nothing has changed
   */
  async compact(topic: string, merge: BoardMerge): Promise<Compaction | 'busy'> {
    const client = await connectionPool(this.dataSource).connect();
    let broken: Error | undefined;
    // Between two statements a lost connection is an event, which would otherwise end the process.
    const onError = (error: Error): void => void (broken = error);
    client.on('error', onError);
    try {
      await client.query('BEGIN');
      const done = await compactLocked(client, topic, merge);
      await client.query('COMMIT');
      return done;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: unknown) => {
        // Nobody can use this connection any more; the database rolls back by itself.
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }
}

async function compactLocked(client: PoolClient, topic: string, merge: BoardMerge): Promise<Compaction | 'busy'> {
  const lock = await client.query<{ taken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('board ' || $1, 0)) AS taken`,
    [topic],
  );
  if (lock.rows[0]?.taken !== true) return 'busy';
  const known = await client.query<{ seq: string; state: Buffer }>(
    'SELECT seq, state FROM board_snapshots WHERE topic = $1',
    [topic],
  );
  const { seq: from = '0', state } = known.rows[0] ?? {};
  // Before the rows: what is stored in between is beyond it, and left for the next time.
  const newest = await client.query<{ last_seq: string }>('SELECT last_seq FROM topics WHERE name = $1', [topic]);
  const to = newest.rows[0]?.last_seq ?? '0';
  const rows = await tailRows(client, topic, from, to);
  const more = rows.at(-1)?.has_more ?? false;
  const { snapshot, left } = await merge(state, rows.map(boardRow));
  // What an old part waits for is not in what comes next time, or it would not be dropped here.
  const stays = new Set(left.filter((place) => more || rows[place]?.is_stale === false));
  const merged = rows.filter((_, place) => !stays.has(place)).map(({ seq }) => seq);
  const covered = more ? (rows.at(-1)?.seq ?? from) : to;
  await client.query(
    `INSERT INTO board_snapshots (topic, seq, state) VALUES ($1, $2, $3)
      ON CONFLICT (topic) DO UPDATE SET seq = excluded.seq, state = excluded.state, updated_at = now()`,
    [topic, covered, Buffer.from(snapshot)],
  );
  await client.query(
    `UPDATE topic_messages SET payload = '{"compacted":true}', compacted = true WHERE topic = $1 AND seq = ANY ($2::bigint[])`,
    [topic, merged],
  );
  return { merged: merged.length, more };
}

/** What is new since `from`, from its beginning, and the newest of what was left over before; in the order of `seq`. */
async function tailRows(client: PoolClient, topic: string, from: string, to: string): Promise<readonly TailRow[]> {
  const { rows } = await client.query<TailRow>(
    `WITH page AS (
        ${sized(`seq <= $2`, 'DESC')} UNION ALL ${sized(`seq > $2 AND seq <= $3`, 'ASC')}
      ), fitting AS (
        SELECT * FROM page WHERE bytes - own_bytes < ${BYTES}
      )
      SELECT seq, user_id, payload, created_at < now() - ${PARTS_KEPT} AS is_stale,
        EXISTS (
          SELECT FROM topic_messages
            WHERE ${uncompacted} AND seq > greatest($2, (SELECT max(seq) FROM fitting)) AND seq <= $3
        ) AS has_more
      FROM fitting ORDER BY seq`,
    [topic, from, to],
  );
  return rows;
}

/** Rows in one direction with what they and those before them weigh. */
function sized(span: string, direction: 'ASC' | 'DESC'): string {
  return `(SELECT rows.*, octet_length(payload::text) AS own_bytes,
      sum(octet_length(payload::text)) OVER (ORDER BY seq ${direction}) AS bytes
    FROM (
      SELECT seq, user_id, payload, created_at FROM topic_messages
        WHERE ${uncompacted} AND ${span} ORDER BY seq ${direction} LIMIT ${ROWS}
    ) AS rows)`;
}

function boardRow({ seq, user_id: userId, payload }: Row): BoardRow {
  return { seq: Number(seq), userId, payload };
}
