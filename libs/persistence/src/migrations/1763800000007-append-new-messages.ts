import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A shorter way to append, for batches in which nothing is a repeat, which is nearly all of them. The one that can judge
 * repeats stays: it is asked when this one finds one, and by nodes that run the version before.
 */
export class AppendNewMessages1763800000007 implements MigrationInterface {
  readonly name = 'AppendNewMessages1763800000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appendNewTopicMessages);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_new_topic_messages');
  }
}

/**
 * Each topic is named once, with how many messages it gets; each message says which of them is its topic (from 1) and its
 * number among the messages for it (from 1). Returns the topics' last `seq` before the batch, in their order, or NULL:
 * then one is a repeat, and nothing was written.
 *
 * Nobody looks for repeats: the unique index that keeps them out meets every row anyway. Locks as in
 * `append_topic_messages`: rows are made and locked in the order of their names, and what is read after that is what
 * earlier holders of the locks left.
 */
const appendNewTopicMessages = `
  CREATE FUNCTION append_new_topic_messages(
    topics_in varchar[], counts integer[],
    topic_places integer[], numbers integer[], user_ids uuid[], senders varchar[], actions varchar[],
    client_ids varchar[], payloads json[], times timestamptz[]
  ) RETURNS bigint[]
  LANGUAGE plpgsql VOLATILE
  SET enable_seqscan = off
  AS $$
  DECLARE
    last_seqs bigint[];
  BEGIN
    INSERT INTO topics (name)
      SELECT wanted COLLATE "C" FROM unnest(topics_in) AS wanted ORDER BY 1
      ON CONFLICT DO NOTHING;
    PERFORM FROM topics WHERE name = ANY (topics_in) ORDER BY name FOR UPDATE;
    last_seqs := ARRAY(
      SELECT last_seq FROM unnest(topics_in) WITH ORDINALITY AS wanted (name, place) JOIN topics USING (name)
      ORDER BY place);

    INSERT INTO topic_messages (topic, seq, user_id, sender, action, client_id, payload, created_at)
      SELECT topics_in[topic_place], last_seqs[topic_place] + number, user_id, sender, action, client_id, payload, sent_at
      FROM unnest(topic_places, numbers, user_ids, senders, actions, client_ids, payloads, times)
        AS input (topic_place, number, user_id, sender, action, client_id, payload, sent_at);
    UPDATE topics SET last_seq = last_seq + added
      FROM unnest(topics_in, counts) AS wanted (name, added) WHERE topics.name = wanted.name;
    RETURN last_seqs;
  EXCEPTION WHEN unique_violation THEN
    RETURN NULL;
  END $$`;
