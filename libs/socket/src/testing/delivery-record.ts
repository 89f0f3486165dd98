import type { Ack, Json } from '@parley/protocol';
import type { MemoryMessageLog } from './memory-message-log';
import type { SeenFrame } from './raw-client';

export interface Published {
  readonly id: string;
  readonly userId: string;
  readonly store: boolean;
  readonly payload: Json;
}

/** What was said by clients, and to them: what the rules promise is checked against it, over every client and engine. */
export class DeliveryRecord {
  /** What was broken, in words. Empty: nothing. */
  readonly violations: string[] = [];
  private readonly published = new Map<string, Published>();
  private readonly acks = new Map<string, Ack>();
  private readonly places = new Map<string, string>();
  private readonly leaves = new Map<string, number>();

  check(holds: boolean, violation: () => string): void {
    if (!holds) this.violations.push(violation());
  }

  publish(message: Published): void {
    this.published.set(message.id, message);
  }

  /** P3: every ack of a message is the first one, as far as it can be remembered. */
  acknowledge(epoch: string | undefined, ack: Ack): void {
    const message = this.published.get(ack.id);
    const first = this.acks.get(ack.id);
    if (first === undefined) this.acks.set(ack.id, ack);
    // An unstored message may be sent anew after a restart, which forgets it.
    else if (message?.store === true) {
      const same = first.seq === ack.seq && first.timestamp === ack.timestamp;
      this.check(same, () => `[P3] acknowledged as ${JSON.stringify(first)}, then as ${JSON.stringify(ack)}`);
    }
    this.check(message?.store !== true || ack.seq !== undefined, () => `[P3] ${ack.id} is stored and has no seq`);
    if (ack.offset !== undefined && epoch !== undefined) this.place(epoch, ack.offset, ack.id);
  }

  /** P1, P6: everyone sees the same message at the same place, as it was published, and at no other. */
  see(epoch: string, frame: SeenFrame): void {
    const { id = '', offset = 0, payload, userId, store } = frame;
    const message = this.published.get(id);
    const same =
      message?.userId === userId &&
      message?.store === store &&
      JSON.stringify(message.payload) === JSON.stringify(payload);
    this.check(same, () => `[P1] ${JSON.stringify(frame)} was published as ${JSON.stringify(message)}`);
    this.place(epoch, offset, id);
  }

  /** The connection may be seen leaving once more. */
  mayLeave(connectionId: string): void {
    this.leaves.set(connectionId, this.leavesOf(connectionId) + 1);
  }

  leavesOf(connectionId: string): number {
    return this.leaves.get(connectionId) ?? 0;
  }

  /** H3, P2: what was acknowledged is in the log, once, where the ack said. */
  checkLog({ messages }: MemoryMessageLog): void {
    const ids = messages.map(({ id }) => id);
    this.check(new Set(ids).size === ids.length, () => `[H3] stored twice: ${JSON.stringify(ids)}`);
    const bySeq = new Map(messages.map((message) => [message.seq, message]));
    for (const [id, ack] of this.acks) {
      if (this.published.get(id)?.store !== true) continue;
      const stored = bySeq.get(ack.seq ?? 0);
      const kept = stored?.id === id && stored.timestamp.toISOString() === ack.timestamp;
      this.check(kept, () => `[H3] acknowledged as ${JSON.stringify(ack)}, stored: ${JSON.stringify(stored)}`);
    }
  }

  private place(epoch: string, offset: number, id: string): void {
    for (const [key, value] of [
      [`${epoch} ${offset}`, id],
      [`${epoch} ${id}`, String(offset)],
    ] as const) {
      const known = this.places.get(key) ?? value;
      this.places.set(key, known);
      this.check(known === value, () => `[P3] [P6] ${key} is ${known} and ${value}`);
    }
  }
}
