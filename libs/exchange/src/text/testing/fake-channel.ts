import type { Channel, OutgoingMessage, TopicMessage, TopicPage } from '@parley/client';
import type { Ack, Allowed, Participant } from '@parley/protocol';
import { BehaviorSubject, Subject } from 'rxjs';
import type { TextPayloads } from '../text-topic';

/** When the topic begins; milliseconds since the epoch. */
export const epoch = Date.parse('2026-11-03T10:00:00.000Z');

/** A stored message as the server broadcasts it. */
export function broadcast(seq: number, userId: string, text: string, id = `id-${seq}`): TopicMessage<TextPayloads> {
  const timestamp = new Date(epoch + seq * 1000).toISOString();
  return { action: 'message', payload: { text }, sender: `${userId}-1`, userId, timestamp, seq, id, store: true };
}

export function typing(userId: string): TopicMessage<TextPayloads> {
  return { action: 'typing', payload: {}, sender: `${userId}-1`, userId, timestamp: '', store: false };
}

export function person(userId: string, name = userId): Participant {
  return { userId, name, colour: '#256f3a', connectionIds: [`${userId}-1`] };
}

interface Sent {
  readonly action: string;
  readonly text: string | undefined;
  readonly id: string | undefined;
  readonly settle: { resolve(ack: Ack): void; reject(error: Error): void };
}

/** A topic whose server is the test: what is sent waits here until the test answers it. */
export class FakeChannel implements Channel<TextPayloads> {
  readonly topic = 'exchange/text:1';
  readonly state = new BehaviorSubject<'joined'>('joined');
  readonly messages = new Subject<TopicMessage<TextPayloads>>();
  readonly userList = new BehaviorSubject<readonly Participant[]>([]);
  readonly subscriber = new Subject<Participant>();
  readonly unsubscriber = new Subject<Participant>();
  readonly outgoing = new BehaviorSubject<readonly OutgoingMessage<TextPayloads>[]>([]);
  readonly allowed = new BehaviorSubject<Allowed>({ publish: true, store: true });
  readonly stored: Sent[] = [];
  readonly volatile: string[] = [];
  readonly asked: { before?: number | undefined; limit?: number | undefined }[] = [];
  /** The topic's stored messages; `loadMessages` reads them. */
  history: TopicMessage<TextPayloads>[] = [];
  /** What the next `loadMessages` fails with. */
  failure: Error | undefined;

  storeMessage(action: string, payload: { text?: string }, { id = '' }: { id?: string } = {}): Promise<Ack> {
    const { text = '' } = payload;
    const before = this.outgoing.value.find((message) => message.id === id);
    const waiting = { action: 'message', payload: { text }, id, at: before?.at ?? epoch + this.stored.length } as const;
    this.show(id, waiting);
    return new Promise((resolve, reject) => {
      const settle = {
        resolve: (ack: Ack) => {
          this.show(id, undefined);
          resolve(ack);
        },
        reject: (failure: Error) => {
          this.show(id, { ...waiting, failure });
          reject(failure);
        },
      };
      this.stored.push({ action, text: payload.text, id, settle });
    });
  }

  discard(id: string): boolean {
    return this.show(id, undefined);
  }

  sendMessage(action: string): Promise<Ack> {
    this.volatile.push(action);
    return new Promise(() => undefined);
  }

  /** @returns whether there was one */
  private show(id: string, message: OutgoingMessage<TextPayloads> | undefined): boolean {
    const index = this.outgoing.value.findIndex((each) => each.id === id);
    const all = [...this.outgoing.value];
    all.splice(index < 0 ? all.length : index, 1, ...(message === undefined ? [] : [message]));
    this.outgoing.next(all);
    return index >= 0;
  }

  async loadMessages(span: { before?: number; limit?: number } = {}): Promise<TopicPage<TextPayloads>> {
    this.asked.push(span);
    const { failure } = this;
    this.failure = undefined;
    await Promise.resolve();
    if (failure !== undefined) throw failure;
    const below = this.history.filter(({ seq = 0 }) => span.before === undefined || seq < span.before);
    const messages = below.slice(-(span.limit ?? 100));
    return { messages, more: messages.length < below.length };
  }
}

/** Lets everything that only waits for promises go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
