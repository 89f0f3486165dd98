import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A page of the history stops past 256 KiB of payloads, in the database, so that nothing larger crosses the wire. */
export class PageBytes1763800000003 implements MigrationInterface {
  readonly name = 'PageBytes1763800000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(pageTopicMessages(boundedLoop));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(pageTopicMessages(wholePage));
  }
}

/** Left to itself the planner, when its statistics are old, takes a long topic for a short one and sorts all of it. */
function pageTopicMessages(body: string): string {
  return `
    CREATE OR REPLACE FUNCTION page_topic_messages(topic_in varchar, before bigint, rows_in integer)
    RETURNS SETOF topic_messages
    LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
    AS $$ ${body} $$`;
}

/**
 * Reads row by row and stops with the row that goes past the limit, which is the last one returned: whoever asks for
 * `rows_in` and gets fewer either has everything, or a page that is full. Nothing after that row is read.
 */
const boundedLoop = `
  DECLARE
    message topic_messages;
    bytes bigint := 0;
  BEGIN
    FOR message IN
      SELECT * FROM topic_messages WHERE topic = topic_in AND seq < before ORDER BY seq DESC LIMIT rows_in
    LOOP
      RETURN NEXT message;
      bytes := bytes + octet_length(message.payload::text);
      EXIT WHEN bytes > 262144;
    END LOOP;
  END`;

/** As TopicMessages1763800000002 made it. */
const wholePage = `
  BEGIN
    RETURN QUERY SELECT * FROM topic_messages WHERE topic = topic_in AND seq < before ORDER BY seq DESC LIMIT rows_in;
  END`;
