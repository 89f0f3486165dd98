import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The files of exchanges, their content in parts so that no row and no answer has to hold a whole one. */
export class ExchangeFiles1763800000006 implements MigrationInterface {
  readonly name = 'ExchangeFiles1763800000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange_files (
        id uuid NOT NULL,
        exchange_id uuid NOT NULL,
        name varchar(800) NOT NULL,
        type varchar(64) NOT NULL,
        bytes integer NOT NULL,
        pages integer NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        added_by uuid NOT NULL,
        added_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT exchange_files_pkey PRIMARY KEY (id),
        CONSTRAINT exchange_files_exchange_id_fkey FOREIGN KEY (exchange_id)
          REFERENCES bookings (id) ON DELETE CASCADE,
        CONSTRAINT exchange_files_added_by_fkey FOREIGN KEY (added_by) REFERENCES users (id)
      )`);
    await runner.query(
      `CREATE INDEX exchange_files_exchange_id_added_at_idx ON exchange_files (exchange_id, added_at)`,
    );
    await runner.query(`
      CREATE TABLE exchange_file_chunks (
        file_id uuid NOT NULL,
        index integer NOT NULL,
        data bytea NOT NULL,
        CONSTRAINT exchange_file_chunks_pkey PRIMARY KEY (file_id, index),
        CONSTRAINT exchange_file_chunks_file_id_fkey FOREIGN KEY (file_id)
          REFERENCES exchange_files (id) ON DELETE CASCADE
      )`);
    // What is kept is compressed already: trying again would only cost time.
    await runner.query(`ALTER TABLE exchange_file_chunks ALTER COLUMN data SET STORAGE EXTERNAL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE exchange_file_chunks`);
    await runner.query(`DROP TABLE exchange_files`);
  }
}
