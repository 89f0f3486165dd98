import {
  ackPayload,
  isCustomAction,
  serverFrame,
  subscribePayload,
  subscribedPayload,
  type Position,
} from '@parley/protocol';
import type { Heard } from './check';

/** Notes what really goes over one socket of one topic, whatever the client makes of it. */
export class WireTap {
  /** What the last `subscribe` asked for (H2). */
  private since: Position | undefined;
  /** Where the subscription is. */
  private position: Position | undefined;

  /**
   * @param heard takes every message that has an offset
   * @param acknowledged told of every ack
   */
  constructor(
    private readonly heard: Heard[],
    private readonly acknowledged: (id: string, seq: number | undefined) => void,
  ) {}

  sent(text: string): void {
    const { action, payload } = JSON.parse(text) as { action: string; payload?: unknown };
    if (action === 'subscribe') this.since = subscribePayload.parse(payload ?? null).since;
  }

  received(text: string): void {
    const { type, id = '', offset, payload } = serverFrame.parse(JSON.parse(text));
    if (type === 'ack') {
      const ack = ackPayload.parse(payload);
      this.acknowledged(ack.id, ack.seq);
    } else if (type === 'subscribe') {
      const answer = subscribedPayload.parse(payload);
      // What was missed follows: from where the client was, or from now on.
      const before = answer.recovered ? this.since?.offset : answer.offset;
      this.position = { epoch: answer.epoch, offset: before ?? answer.offset };
    } else if (isCustomAction(type) && offset !== undefined && this.position !== undefined) {
      const { epoch, offset: previous } = this.position;
      this.heard.push({ id, epoch, offset, previous });
      this.position = { epoch, offset };
    }
  }
}
