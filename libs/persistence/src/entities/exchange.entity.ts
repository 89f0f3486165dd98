import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Booking } from './booking.entity';

/** What happens in the meeting that a booking schedules. It has the booking's id, and exists once someone entered. */
@Entity('exchanges')
export class Exchange {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'exchanges_pkey' })
  id!: string;

  @Column({ name: 'opened_at', type: 'timestamptz', default: () => 'now()' })
  openedAt!: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @OneToOne(() => Booking, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'id', foreignKeyConstraintName: 'exchanges_id_fkey' })
  booking?: Relation<Booking>;
}
