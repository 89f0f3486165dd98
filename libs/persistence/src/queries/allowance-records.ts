import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';

/**
 * Postgres' channel on which each change of what someone may do is announced; the payload is an {@link AllowanceRecord}
 * as JSON.
 */
export const ALLOWANCE_CHANGED_CHANNEL = 'parley_allowance_changed';

/** A change of what someone may do in the topics `namespace/…:topicId`. */
export interface AllowanceRecord {
  /** Names this change; tells nothing about the order in which changes were committed. */
  readonly id: string;
  readonly namespace: string;
  readonly topicId: string;
  /** Null: everyone. */
  readonly userId: string | null;
}

/** For this long a change can be read after it was announced. */
const KEPT = `interval '10 minutes'`;

/** So many are read at once. What is older than that ends with the leases. */
const MOST = 10_000;

/** The outbox of changes to what people may do (S6). `announce_allowance_change` fills it. */
@Injectable()
export class AllowanceRecords {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The changes of the last ten minutes, in the order in which they were written. Of those about the same people in the
   * same topics only the last, which is reason enough to ask again; of very many the newest {@link MOST}.
   */
  async recent(): Promise<readonly AllowanceRecord[]> {
    const { rows } = await connectionPool(this.dataSource).query<AllowanceRecord>({
      name: 'recent-allowance-changes',
      text: `SELECT id::text, namespace, "topicId", "userId" FROM (
          SELECT max(id) AS id, namespace, topic_id AS "topicId", user_id AS "userId" FROM allowance_changes
            WHERE created_at > clock_timestamp() - ${KEPT}
            GROUP BY namespace, topic_id, user_id ORDER BY max(id) DESC LIMIT ${MOST}
        ) AS newest ORDER BY newest.id`,
    });
    return rows;
  }

  /** Forgets those before {@link recent}. */
  async removeOld(): Promise<void> {
    await this.dataSource.query(`DELETE FROM allowance_changes WHERE created_at <= clock_timestamp() - ${KEPT}`);
  }
}
