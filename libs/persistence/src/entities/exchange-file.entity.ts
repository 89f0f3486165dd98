import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Booking } from './booking.entity';
import { User } from './user.entity';

/** A file that someone brought to an exchange (A8); what is in it is kept apart. */
@Entity('exchange_files')
@Index('exchange_files_exchange_id_added_at_idx', ['exchangeId', 'addedAt'])
export class ExchangeFileRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'exchange_files_pkey' })
  id!: string;

  /** An exchange has its booking's id. */
  @Column({ name: 'exchange_id', type: 'uuid' })
  exchangeId!: string;

  @ManyToOne(() => Booking, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'exchange_id', foreignKeyConstraintName: 'exchange_files_exchange_id_fkey' })
  booking?: Relation<Booking>;

  @Column({ type: 'varchar', length: 800 })
  name!: string;

  /** The media type that its content has. */
  @Column({ type: 'varchar', length: 64 })
  type!: string;

  @Column({ type: 'integer' })
  bytes!: number;

  @Column({ type: 'integer' })
  pages!: number;

  @Column({ type: 'integer' })
  width!: number;

  @Column({ type: 'integer' })
  height!: number;

  @Column({ name: 'added_by', type: 'uuid' })
  addedBy!: string;

  @ManyToOne(() => User, { nullable: false })
  @JoinColumn({ name: 'added_by', foreignKeyConstraintName: 'exchange_files_added_by_fkey' })
  adder?: Relation<User>;

  @Column({ name: 'added_at', type: 'timestamptz', default: () => 'now()' })
  addedAt!: Date;
}
