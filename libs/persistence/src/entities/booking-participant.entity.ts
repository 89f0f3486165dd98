import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Booking } from './booking.entity';
import { User } from './user.entity';

/** Who takes part, and who once did: rows are kept, so that old messages keep their author's name. */
@Entity('booking_participants')
@Index('booking_participants_user_id_idx', ['userId'])
export class BookingParticipant {
  @PrimaryColumn({ name: 'booking_id', type: 'uuid', primaryKeyConstraintName: 'booking_participants_pkey' })
  bookingId!: string;

  @PrimaryColumn({ name: 'user_id', type: 'uuid', primaryKeyConstraintName: 'booking_participants_pkey' })
  userId!: string;

  @Column({ name: 'added_at', type: 'timestamptz', default: () => 'now()' })
  addedAt!: Date;

  @Column({ name: 'removed_at', type: 'timestamptz', nullable: true })
  removedAt!: Date | null;

  @ManyToOne(() => Booking, (booking) => booking.participants, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'booking_id', foreignKeyConstraintName: 'booking_participants_booking_id_fkey' })
  booking?: Relation<Booking>;

  @ManyToOne(() => User)
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'booking_participants_user_id_fkey' })
  user?: Relation<User>;
}
