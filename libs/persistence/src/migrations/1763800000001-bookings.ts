import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings, who takes part in them, and the exchanges that they schedule. */
export class Bookings1763800000001 implements MigrationInterface {
  readonly name = 'Bookings1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        title varchar(800) NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        time_zone varchar(64) NOT NULL,
        host_id uuid NOT NULL,
        cancelled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT bookings_pkey PRIMARY KEY (id),
        CONSTRAINT bookings_host_id_fkey FOREIGN KEY (host_id) REFERENCES users (id),
        CONSTRAINT bookings_end_after_start CHECK (ends_at > starts_at)
      )`);
    await runner.query(`CREATE INDEX bookings_host_id_idx ON bookings (host_id)`);
    await runner.query(`
      CREATE TABLE booking_participants (
        booking_id uuid NOT NULL,
        user_id uuid NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        removed_at timestamptz,
        CONSTRAINT booking_participants_pkey PRIMARY KEY (booking_id, user_id),
        CONSTRAINT booking_participants_booking_id_fkey FOREIGN KEY (booking_id)
          REFERENCES bookings (id) ON DELETE CASCADE,
        CONSTRAINT booking_participants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`CREATE INDEX booking_participants_user_id_idx ON booking_participants (user_id)`);
    await runner.query(`
      CREATE TABLE exchanges (
        id uuid NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        CONSTRAINT exchanges_pkey PRIMARY KEY (id),
        CONSTRAINT exchanges_id_fkey FOREIGN KEY (id) REFERENCES bookings (id) ON DELETE CASCADE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE exchanges`);
    await runner.query(`DROP TABLE booking_participants`);
    await runner.query(`DROP TABLE bookings`);
  }
}
