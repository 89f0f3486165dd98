import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { BookingParticipant } from './booking-participant.entity';
import { User } from './user.entity';

/** A meeting that people agreed on. Cancelling keeps the row: its link goes on saying what it was. */
@Entity('bookings')
@Check('bookings_end_after_start', `ends_at > starts_at`)
export class Booking {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'bookings_pkey' })
  id!: string;

  @Column({ type: 'varchar', length: 800 })
  title!: string;

  @Column({ name: 'starts_at', type: 'timestamptz' })
  startsAt!: Date;

  @Column({ name: 'ends_at', type: 'timestamptz' })
  endsAt!: Date;

  /** The IANA zone in which the times were meant. */
  @Column({ name: 'time_zone', type: 'varchar', length: 64 })
  timeZone!: string;

  @Index('bookings_host_id_idx')
  @Column({ name: 'host_id', type: 'uuid' })
  hostId!: string;

  @ManyToOne(() => User, { nullable: false })
  @JoinColumn({ name: 'host_id', foreignKeyConstraintName: 'bookings_host_id_fkey' })
  host?: Relation<User>;

  @Column({ name: 'cancelled_at', type: 'timestamptz', nullable: true })
  cancelledAt!: Date | null;

  @CreateDateColumn({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @OneToMany(() => BookingParticipant, (participant) => participant.booking)
  participants?: Relation<BookingParticipant[]>;
}
