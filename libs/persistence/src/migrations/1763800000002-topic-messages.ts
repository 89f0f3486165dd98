import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stored messages and the function that appends a batch of them in one statement. */
export class TopicMessages1763800000002 implements MigrationInterface {
  readonly name = 'TopicMessages1763800000002';

  async up(runner: QueryRunner): Promise<void> {
    // Half-filled pages leave room to update last_seq in place, without touching the index.
    await runner.query(`
      CREATE TABLE topics (
        name varchar(130) COLLATE "C" NOT NULL,
        last_seq bigint NOT NULL DEFAULT 0,
        CONSTRAINT topics_pkey PRIMARY KEY (name)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE topic_messages (
        topic varchar(130) COLLATE "C" NOT NULL,
        seq bigint NOT NULL,
        user_id uuid NOT NULL,
        sender varchar(64) NOT NULL,
        action varchar(64) NOT NULL,
        client_id varchar(64),
        payload json NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT topic_messages_pkey PRIMARY KEY (topic, seq)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX topic_messages_client_id_key ON topic_messages (topic, user_id, client_id)
        WHERE client_id IS NOT NULL`);
    await runner.query(appendTopicMessages);
    await runner.query(pageTopicMessages);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION page_topic_messages`);
    await runner.query(`DROP FUNCTION append_topic_messages`);
    await runner.query(`DROP TABLE topic_messages`);
    await runner.query(`DROP TABLE topics`);
  }
}

/**
 * Works under READ COMMITTED, where each statement of a volatile function sees what is committed when it starts: the
 * topics' rows are locked first, so the statement after that sees everything that earlier holders of the locks wrote.
 * Rows are made and locked in one order (that of their names), so that no two batches wait for each other.
 *
 * Two appenders that both find a topic missing meet at its primary key; the second waits there for the first to
 * commit. Sequential scans are off because the plan is kept: made over an empty table, it would scan a full one.
 */
const appendTopicMessages = `
  CREATE FUNCTION append_topic_messages(
    topics_in varchar[], user_ids uuid[], senders varchar[], actions varchar[], client_ids varchar[],
    payloads json[], times timestamptz[]
  ) RETURNS TABLE ("position" bigint, given_seq bigint, given_at timestamptz, repeated boolean)
  LANGUAGE plpgsql VOLATILE
  SET enable_seqscan = off
  AS $$
  BEGIN
    INSERT INTO topics (name)
      SELECT DISTINCT wanted COLLATE "C" FROM unnest(topics_in) AS wanted ORDER BY 1
      ON CONFLICT DO NOTHING;
    PERFORM FROM topics WHERE name = ANY (topics_in) ORDER BY name FOR UPDATE;

    RETURN QUERY
    WITH judged AS (
      SELECT input.*, known.seq AS known_seq, known.created_at AS known_at,
        -- '#' cannot be part of a client's id: each message without one is a group of its own.
        coalesce(input.client_id, '#' || input.place) AS identity
      FROM unnest(topics_in, user_ids, senders, actions, client_ids, payloads, times)
        WITH ORDINALITY AS input (topic, user_id, sender, action, client_id, payload, sent_at, place)
      LEFT JOIN LATERAL (
        SELECT message.seq, message.created_at FROM topic_messages message
        WHERE message.topic = input.topic AND message.user_id = input.user_id AND message.client_id = input.client_id
        LIMIT 1
      ) AS known ON true
    ), sorted AS (
      SELECT judged.*,
        known_seq IS NULL
          AND place = min(place) OVER (PARTITION BY judged.topic, judged.user_id, identity) AS fresh
      FROM judged
    ), counted AS (
      SELECT sorted.*,
        last_seq + count(*) FILTER (WHERE fresh) OVER (PARTITION BY sorted.topic ORDER BY place) AS next_seq
      FROM sorted JOIN topics ON topics.name = sorted.topic
    ), answered AS (
      SELECT counted.*,
        coalesce(known_seq, first_value(next_seq) OVER same) AS final_seq,
        coalesce(known_at, first_value(sent_at) OVER same) AS final_at
      FROM counted
      WINDOW same AS (PARTITION BY counted.topic, counted.user_id, identity ORDER BY place)
    ), written AS (
      INSERT INTO topic_messages (topic, seq, user_id, sender, action, client_id, payload, created_at)
        SELECT a.topic, a.final_seq, a.user_id, a.sender, a.action, a.client_id, a.payload, a.sent_at
        FROM answered a WHERE a.fresh ORDER BY a.place
    ), moved AS (
      UPDATE topics SET last_seq = newest.seq
        FROM (SELECT a.topic, max(a.final_seq) AS seq FROM answered a WHERE a.fresh GROUP BY a.topic) AS newest
        WHERE topics.name = newest.topic
    )
    SELECT a.place, a.final_seq, a.final_at, NOT a.fresh FROM answered a ORDER BY a.place;
  END $$`;

/**
 * Walks the primary key downwards and stops after the page. Left to itself the planner, when its statistics are old,
 * takes a long topic for a short one and sorts all of it.
 */
const pageTopicMessages = `
  CREATE FUNCTION page_topic_messages(topic_in varchar, before bigint, rows_in integer)
  RETURNS SETOF topic_messages
  LANGUAGE plpgsql STABLE
  SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
  AS $$
  BEGIN
    RETURN QUERY SELECT * FROM topic_messages WHERE topic = topic_in AND seq < before ORDER BY seq DESC LIMIT rows_in;
  END $$`;
