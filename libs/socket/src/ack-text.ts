import type { Ack } from '@parley/protocol';
import { isoNow } from './now';

type Said = { readonly [Key in keyof Ack]: Ack[Key] | undefined } & Pick<Ack, 'id' | 'timestamp'>;

/** An `ack` frame (P3), as `JSON.stringify` writes it, in a third of the time. */
export function ackText(quotedTopic: string, { id, timestamp, offset, seq }: Said): string {
  const quotedId = JSON.stringify(id);
  return (
    `{"type":"ack","topic":${quotedTopic},"id":${quotedId},"sender":null,"store":false,"timestamp":"${isoNow()}",` +
    `"payload":{"id":${quotedId},"timestamp":"${timestamp}"` +
    (offset === undefined ? '' : `,"offset":${offset}`) +
    (seq === undefined ? '}}' : `,"seq":${seq}}}`)
  );
}
