import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A whiteboard in one piece: what its compacted updates came to. Written by `Boards.compact` alone. */
@Entity('board_snapshots')
export class BoardSnapshot {
  @PrimaryColumn({ type: 'varchar', length: 130, collation: 'C', primaryKeyConstraintName: 'board_snapshots_pkey' })
  topic!: string;

  /** Every update up to this one is in {@link state}, or its row is not compacted. */
  @Column({ type: 'bigint' })
  seq!: string;

  /** A Yjs update (V1). */
  @Column({ type: 'bytea' })
  state!: Buffer;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
