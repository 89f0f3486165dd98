import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A signed-in browser, in the layout of connect-pg-simple, which reads and writes it. Deleting a row ends the session:
 * a trigger tells every node.
 */
@Entity('sessions')
@Index('sessions_expire_idx', ['expire'])
// Over an expression, which TypeORM cannot describe; the migration makes it and TypeORM leaves it alone.
@Index('sessions_sid_hash_key', { synchronize: false })
export class Session {
  @PrimaryColumn({ type: 'varchar', primaryKeyConstraintName: 'sessions_pkey' })
  sid!: string;

  @Column({ type: 'json' })
  sess!: Readonly<Record<string, unknown>>;

  @Column({ type: 'timestamptz', precision: 6 })
  expire!: Date;
}
