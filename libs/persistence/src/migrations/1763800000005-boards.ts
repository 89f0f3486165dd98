import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whiteboards: their snapshots, and which updates are in them. */
export class Boards1763800000005 implements MigrationInterface {
  readonly name = 'Boards1763800000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE board_snapshots (
        topic varchar(130) COLLATE "C" NOT NULL,
        seq bigint NOT NULL,
        state bytea NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT board_snapshots_pkey PRIMARY KEY (topic)
      )`);
    // A snapshot is compressed already as far as it pays: do not try again at each compaction.
    await runner.query(`ALTER TABLE board_snapshots ALTER COLUMN state SET STORAGE EXTERNAL`);
    // A constant default is kept in the catalogue, so that no row is rewritten.
    await runner.query(`ALTER TABLE topic_messages ADD COLUMN compacted boolean NOT NULL DEFAULT false`);
    await runner.query(`
      CREATE INDEX topic_messages_board_idx ON topic_messages (topic, seq)
        WHERE action = 'board-update' AND NOT compacted`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX topic_messages_board_idx`);
    await runner.query(`ALTER TABLE topic_messages DROP COLUMN compacted`);
    await runner.query(`DROP TABLE board_snapshots`);
  }
}
