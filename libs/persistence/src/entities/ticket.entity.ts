import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A one-time ticket for a socket (T1). Only the hash of its secret is kept. The table is unlogged: tickets live 30 s,
 * and one that a crash forgets is replaced by asking again.
 */
@Entity('tickets')
@Index('tickets_expires_at_idx', ['expiresAt'])
export class Ticket {
  /** SHA-256 of the authCode. */
  @PrimaryColumn({ name: 'auth_code_hash', type: 'bytea', primaryKeyConstraintName: 'tickets_pkey' })
  authCodeHash!: Buffer;

  @Column({ name: 'connection_id', type: 'varchar', length: 64 })
  connectionId!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  /** SHA-256 of the session's id. */
  @Column({ name: 'session_hash', type: 'bytea' })
  sessionHash!: Buffer;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt!: Date;
}
