import type { BrokerMessage } from './broker';

/** Senders whose words are kept ready in each topic; past it the next ones begin anew. */
const MAX_SENDERS = 256;

/** What all frames of one sender, of one type, begin with. */
interface Opening {
  readonly type: string;
  readonly userId: string;
  readonly text: string;
}

/**
 * Writes the frames that go to everyone in one topic: what `JSON.stringify` makes of them, for less than half. Whoever
 * says something mostly says more of the same kind, so the beginning is kept; the payload comes as text already.
 */
export class BroadcastText {
  private readonly quotedTopic: string;
  private readonly openings = new Map<string, Opening>();

  constructor(topic: string) {
    this.quotedTopic = JSON.stringify(topic);
  }

  of(message: BrokerMessage, offset: number | undefined): string {
    const { store, timestamp, payload, json = JSON.stringify(payload), seq, id } = message;
    return (
      `${this.opening(message)}"store":${store},"timestamp":"${timestamp}","payload":${json}` +
      (seq === undefined ? '' : `,"seq":${seq}`) +
      (id === undefined ? '' : `,"id":${JSON.stringify(id)}`) +
      (offset === undefined ? '}' : `,"offset":${offset}}`)
    );
  }

  private opening({ type, sender, userId }: BrokerMessage): string {
    const known = this.openings.get(sender);
    if (known?.type === type && known.userId === userId) return known.text;
    if (this.openings.size >= MAX_SENDERS) this.openings.clear();
    const whose = `"sender":${JSON.stringify(sender)},"userId":${JSON.stringify(userId)}`;
    const text = `{"type":${JSON.stringify(type)},"topic":${this.quotedTopic},${whose},`;
    this.openings.set(sender, { type, userId, text });
    return text;
  }
}
