import type { Json } from '@parley/protocol';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A stored message (P2). Written by the database function `append_topic_messages`; compaction of whiteboards (`Boards`) takes
 * payloads out, never a row. No foreign keys: a message
 * outlives everything around it, and checking two keys for each row would be most of the cost of writing it.
 */
@Entity('topic_messages')
@Index('topic_messages_client_id_key', ['topic', 'userId', 'clientId'], {
  unique: true,
  where: 'client_id IS NOT NULL',
})
@Index('topic_messages_board_idx', ['topic', 'seq'], { where: `action = 'board-update' AND NOT compacted` })
export class TopicMessage {
  @PrimaryColumn({ type: 'varchar', length: 130, collation: 'C', primaryKeyConstraintName: 'topic_messages_pkey' })
  topic!: string;

  /** From 1 within the topic, without gaps. */
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'topic_messages_pkey' })
  seq!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** The connectionId that published. */
  @Column({ type: 'varchar', length: 64 })
  sender!: string;

  @Column({ type: 'varchar', length: 64 })
  action!: string;

  /** The client's own id, by which a repeat is known (P3). */
  @Column({ name: 'client_id', type: 'varchar', length: 64, nullable: true })
  clientId!: string | null;

  /** `json`, not `jsonb`: the order of keys, `\u0000` and numbers come back as they were sent. */
  @Column({ type: 'json' })
  payload!: Json;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** The payload is gone: what it said is in the whiteboard's snapshot. */
  @Column({ type: 'boolean', default: false })
  compacted!: boolean;
}
