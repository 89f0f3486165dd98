import { isoNow } from './now';

/** What an ack says besides the id (P3). */
export interface Receivable {
  readonly timestamp: string;
  readonly offset?: number | undefined;
  readonly seq?: number | undefined;
}

/** What `JSON.stringify` makes of the same frame, in a third of the time. */
export function ackText(quotedTopic: string, id: string, { timestamp, offset, seq }: Receivable): string {
  const quotedId = JSON.stringify(id);
  return (
    `{"type":"ack","topic":${quotedTopic},"id":${quotedId},"sender":null,"store":false,"timestamp":"${isoNow()}",` +
    `"payload":{"id":${quotedId},"timestamp":"${timestamp}"` +
    (offset === undefined ? '' : `,"offset":${offset}`) +
    (seq === undefined ? '}}' : `,"seq":${seq}}}`)
  );
}
