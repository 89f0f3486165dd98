import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * What someone may do in the topics `namespace/…:topicId` has changed (S6). Written by the database function
 * `announce_allowance_change` alone, in the transaction that makes the change; kept for a few minutes.
 */
@Entity('allowance_changes')
@Check('allowance_changes_namespace', `namespace ~ '^[a-z][a-z0-9-]*$'`)
@Check('allowance_changes_topic_id', `topic_id ~ '^[A-Za-z0-9_-]+$'`)
export class AllowanceChangeRow {
  /** In the order of writing, which need not be that of the commits. */
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'allowance_changes_pkey',
  })
  id!: string;

  @Column({ type: 'varchar', length: 32 })
  namespace!: string;

  @Column({ name: 'topic_id', type: 'varchar', length: 64 })
  topicId!: string;

  /** Null: everyone. */
  @Column({ name: 'user_id', type: 'uuid', nullable: true })
  userId!: string | null;

  @Index('allowance_changes_created_at_idx')
  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'clock_timestamp()' })
  createdAt!: Date;
}
