import { Injectable } from '@nestjs/common';
import type { Json } from '@parley/protocol';
import { MessageLog, UnstorableBatch, type Appended, type NewMessage, type StoredMessage } from '@parley/socket';
import { DatabaseError } from 'pg';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';
import { Gathered } from '../gathered';
import { columnParameters, columnsOf } from './columns';
import { joined, split } from './joined';
import { numbered } from './numbered-batch';

interface NewRow {
  /** Last `seq` of each topic before the batch; NULL when it has a repeat. */
  readonly last_seqs: readonly string[] | null;
}

interface AppendedRow {
  readonly given_seq: string;
  readonly given_at: Date;
  readonly repeated: boolean;
}

interface MessageRow {
  readonly seq: string;
  readonly user_id: string;
  readonly sender: string;
  readonly action: string;
  readonly client_id: string | null;
  readonly payload: Json;
  readonly created_at: Date;
}

/**
 * SQLSTATE classes that a second try would meet again: data exception, integrity violation, a limit of the program
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const aboutTheData = /^(22|23|54)/;

/**
 * Milliseconds for which more repeats are expected after one. Writing a batch that has one, undoing that and writing it
 * again costs twice, which nobody should be able to bring over everyone by sending the same messages again and again.
 */
const REPEATS_MS = 1_000;

/** Looks for the newest messages of topics that go on at the same time; they only read. */
const LANES = 4;

/** The topics' messages in Postgres. All statements are prepared once a connection and then only executed. */
@Injectable()
export class PostgresMessageLog extends MessageLog {
  /** By `performance.now()`; until then batches are looked through for repeats. */
  private repeatsUntil = 0;
  private readonly asked = new Gathered((topics: readonly string[]) => this.newestOf(topics), LANES);

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async append(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    if (batch.length === 0) return [];
    try {
      const written = performance.now() < this.repeatsUntil ? undefined : await this.writeNew(batch);
      if (written !== undefined) return written;
      const appended = await this.write(batch);
      if (appended.some(({ repeated }) => repeated)) this.repeatsUntil = performance.now() + REPEATS_MS;
      return appended;
    } catch (error) {
      if (error instanceof DatabaseError && aboutTheData.test(error.code ?? '')) {
        throw new UnstorableBatch(`SQLSTATE ${error.code ?? ''}`, { cause: error });
      }
      throw error;
    }
  }

  /** @returns undefined when it has a repeat, which is rare; nothing was written then */
  private async writeNew(batch: readonly NewMessage[]): Promise<readonly Appended[] | undefined> {
    const { topics, counts, topicPlaces, numbers } = numbered(batch);
    const { rows } = await connectionPool(this.dataSource).query<NewRow>({
      name: 'append-new-topic-messages',
      text: `SELECT append_new_topic_messages($1, $2, $3, $4, ${columnParameters(5)}) AS last_seqs`,
      values: [topics, counts, `{${topicPlaces.join(',')}}`, `{${numbers.join(',')}}`, ...columnsOf(batch)],
    });
    const lastSeqs = rows[0]?.last_seqs?.map(Number);
    if (lastSeqs === undefined) return undefined;
    return batch.map(({ timestamp }, index) => {
      const lastSeq = lastSeqs[(topicPlaces[index] ?? 0) - 1] ?? Number.NaN;
      return { seq: lastSeq + (numbers[index] ?? Number.NaN), timestamp, repeated: false };
    });
  }

  private async write(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    const { rows } = await connectionPool(this.dataSource).query<AppendedRow>({
      name: 'append-topic-messages',
      text: `SELECT given_seq, given_at, repeated FROM append_topic_messages(${split('$1', 'varchar')}, ${columnParameters(2)})`,
      values: [joined(batch.map(({ topic }) => topic)), ...columnsOf(batch)],
    });
    return rows.map((row) => ({ seq: Number(row.given_seq), timestamp: row.given_at, repeated: row.repeated }));
  }

  async page(
    topic: string,
    span: { readonly before: number | undefined; readonly limit: number },
  ): Promise<{ readonly messages: readonly StoredMessage[]; readonly more: boolean }> {
    const { rows } = await connectionPool(this.dataSource).query<MessageRow>({
      name: 'page-topic-messages',
      text: `SELECT seq, user_id, sender, action, client_id, payload, created_at FROM page_topic_messages($1, $2, $3)`,
      values: [topic, span.before ?? Number.MAX_SAFE_INTEGER, span.limit],
    });
    const messages = rows.reverse().map((row) => ({
      topic,
      seq: Number(row.seq),
      userId: row.user_id,
      sender: row.sender,
      action: row.action,
      id: row.client_id ?? undefined,
      payload: row.payload,
      timestamp: row.created_at,
    }));
    // The database also stops after enough bytes, so the number of rows says nothing; but seq has no gaps and begins at 1.
    return { messages, more: (messages[0]?.seq ?? 1) > 1 };
  }

  newest(topic: string): Promise<number> {
    return this.asked.one(topic);
  }

  private async newestOf(topics: readonly string[]): Promise<readonly number[]> {
    const { rows } = await connectionPool(this.dataSource).query<{ name: string; last_seq: string }>({
      name: 'newest-of-topics',
      text: 'SELECT name, last_seq FROM topics WHERE name = ANY($1::varchar[])',
      values: [topics],
    });
    const byName = new Map(rows.map((row) => [row.name, Number(row.last_seq)]));
    return topics.map((topic) => byName.get(topic) ?? 0);
  }
}
