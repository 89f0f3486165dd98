import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A topic with stored messages. Its row is the lock under which `seq` is given. */
@Entity('topics')
export class Topic {
  @PrimaryColumn({ type: 'varchar', length: 130, collation: 'C', primaryKeyConstraintName: 'topics_pkey' })
  name!: string;

  /** The newest message's `seq`; 0 before the first. */
  @Column({ name: 'last_seq', type: 'bigint', default: 0 })
  lastSeq!: string;
}
