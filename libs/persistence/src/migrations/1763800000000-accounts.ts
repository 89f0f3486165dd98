import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, their sessions and what limits their attempts to sign in. */
export class Accounts1763800000000 implements MigrationInterface {
  readonly name = 'Accounts1763800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        email varchar(254) NOT NULL,
        name varchar(320) NOT NULL,
        password_hash varchar(255),
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT users_pkey PRIMARY KEY (id),
        CONSTRAINT users_email_key UNIQUE (email),
        CONSTRAINT users_email_lower_case CHECK (email = lower(email))
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        sid varchar NOT NULL,
        sess json NOT NULL,
        expire timestamptz(6) NOT NULL,
        CONSTRAINT sessions_pkey PRIMARY KEY (sid)
      )`);
    await runner.query(`CREATE INDEX sessions_expire_idx ON sessions (expire)`);
    // Whatever names a session outside this table names it by this hash: who reads it cannot use the session.
    await runner.query(`CREATE UNIQUE INDEX sessions_sid_hash_key ON sessions (sha256(sid::bytea))`);
    await runner.query(`
      CREATE FUNCTION announce_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('parley_session_ended', encode(sha256(OLD.sid::bytea), 'hex'));
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER sessions_announce_end AFTER DELETE ON sessions
        FOR EACH ROW EXECUTE FUNCTION announce_session_end()`);
    await runner.query(`
      CREATE UNLOGGED TABLE tickets (
        auth_code_hash bytea NOT NULL,
        connection_id varchar(64) NOT NULL,
        user_id uuid NOT NULL,
        session_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT tickets_pkey PRIMARY KEY (auth_code_hash)
      )`);
    await runner.query(`CREATE INDEX tickets_expires_at_idx ON tickets (expires_at)`);
    await runner.query(`
      CREATE TABLE rate_limits (
        key varchar(255) NOT NULL,
        points integer NOT NULL DEFAULT 0,
        expire bigint,
        CONSTRAINT rate_limits_pkey PRIMARY KEY (key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE rate_limits`);
    await runner.query(`DROP TABLE tickets`);
    await runner.query(`DROP TABLE sessions`);
    await runner.query(`DROP FUNCTION announce_session_end()`);
    await runner.query(`DROP TABLE users`);
  }
}
