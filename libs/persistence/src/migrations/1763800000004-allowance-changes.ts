import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox of changes to what people may do (S6): written in the transaction that makes the change, told at its commit. */
export class AllowanceChanges1763800000004 implements MigrationInterface {
  readonly name = 'AllowanceChanges1763800000004';

  async up(runner: QueryRunner): Promise<void> {
    // clock_timestamp(): the age of a row counts from when it was written, however long its transaction had run before.
    await runner.query(`
      CREATE TABLE allowance_changes (
        id bigint GENERATED ALWAYS AS IDENTITY,
        namespace varchar(32) NOT NULL,
        topic_id varchar(64) NOT NULL,
        user_id uuid,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT allowance_changes_pkey PRIMARY KEY (id),
        CONSTRAINT allowance_changes_namespace CHECK (namespace ~ '^[a-z][a-z0-9-]*$'),
        CONSTRAINT allowance_changes_topic_id CHECK (topic_id ~ '^[A-Za-z0-9_-]+$')
      )`);
    await runner.query(`CREATE INDEX allowance_changes_created_at_idx ON allowance_changes (created_at)`);
    await runner.query(announceAllowanceChange);
    await runner.query(announceParticipantChange);
    await runner.query(announceExchangeChange);
    for (const trigger of triggers) await runner.query(trigger);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER exchanges_announce_end ON exchanges`);
    await runner.query(`DROP TRIGGER bookings_announce_cancellation ON bookings`);
    await runner.query(`DROP TRIGGER booking_participants_announce_deletion ON booking_participants`);
    await runner.query(`DROP TRIGGER booking_participants_announce_removal ON booking_participants`);
    await runner.query(`DROP FUNCTION announce_exchange_change()`);
    await runner.query(`DROP FUNCTION announce_participant_change()`);
    await runner.query(`DROP FUNCTION announce_allowance_change`);
    await runner.query(`DROP TABLE allowance_changes`);
  }
}

/** The announcement is the row itself, so that who hears it need not read it. */
const announceAllowanceChange = `
  CREATE FUNCTION announce_allowance_change(namespace_in varchar, topic_id_in varchar, user_id_in uuid DEFAULT NULL)
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    change allowance_changes;
  BEGIN
    INSERT INTO allowance_changes (namespace, topic_id, user_id) VALUES (namespace_in, topic_id_in, user_id_in)
      RETURNING * INTO change;
    PERFORM pg_notify('parley_allowance_changed', json_build_object(
      'id', change.id::text, 'namespace', change.namespace, 'topicId', change.topic_id, 'userId', change.user_id
    )::text);
  END $$`;

const announceParticipantChange = `
  CREATE FUNCTION announce_participant_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM announce_allowance_change('exchange', OLD.booking_id::text, OLD.user_id);
    RETURN NULL;
  END $$`;

/** For bookings and exchanges alike: an exchange has its booking's id. */
const announceExchangeChange = `
  CREATE FUNCTION announce_exchange_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM announce_allowance_change('exchange', NEW.id::text);
    RETURN NULL;
  END $$`;

/** A booking that is deleted takes its participants' rows with it, and those announce themselves. */
const triggers = [
  `CREATE TRIGGER booking_participants_announce_removal AFTER UPDATE ON booking_participants
     FOR EACH ROW WHEN (OLD.removed_at IS DISTINCT FROM NEW.removed_at)
     EXECUTE FUNCTION announce_participant_change()`,
  `CREATE TRIGGER booking_participants_announce_deletion AFTER DELETE ON booking_participants
     FOR EACH ROW WHEN (OLD.removed_at IS NULL)
     EXECUTE FUNCTION announce_participant_change()`,
  `CREATE TRIGGER bookings_announce_cancellation AFTER UPDATE ON bookings
     FOR EACH ROW WHEN (OLD.cancelled_at IS DISTINCT FROM NEW.cancelled_at)
     EXECUTE FUNCTION announce_exchange_change()`,
  `CREATE TRIGGER exchanges_announce_end AFTER UPDATE ON exchanges
     FOR EACH ROW WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at)
     EXECUTE FUNCTION announce_exchange_change()`,
];
