import type { SocketClientOptions } from '@parley/client';
import type { FaultProxy, HttpPerson } from '@parley/harness';
import { MemoryStorage } from '../stack/memory-storage';
import type { Seeded } from '../stack/seeded';
import type { Witness } from './check';
import { ClientLife } from './client-life';

export interface ParticipantOptions {
  /** Part of every id of its messages. */
  readonly name: string;
  readonly person: HttpPerson;
  readonly proxy: FaultProxy;
  readonly topic: string;
  readonly random: Seeded;
  readonly client: Pick<SocketClientOptions, 'backoff'>;
}

/** Milliseconds between two messages of one person, at least and at most. */
const PAUSE_MS = [100, 900] as const;

/** Every so many messages are not stored. */
const UNSTORED_SHARE = 0.25;

interface TextActions {
  message: { text: string; said: string };
  note: { text: string; said: string };
}

/** Someone who writes all the time, whatever the connection does. */
export class Participant implements Witness {
  readonly acks = new Map<string, number | undefined>();
  /** Ids that the client gave up, with the reason. The writer was told, so these are not lost. */
  readonly rejected = new Map<string, string>();
  readonly lives: ClientLife[] = [];
  sent = 0;
  ackedUnstored = 0;
  /** Unstored messages that waited when their page was closed: nobody promises to keep those. */
  goneWithPage = 0;
  /** Neither acknowledged nor given up. */
  private readonly pending = new Set<string>();
  private readonly storage = new MemoryStorage();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ParticipantOptions) {
    this.begin(true);
  }

  get name(): string {
    return this.options.name;
  }

  get topic(): string {
    return this.options.topic;
  }

  get proxy(): FaultProxy {
    return this.options.proxy;
  }

  get life(): ClientLife {
    const life = this.lives.at(-1);
    if (life === undefined) throw new Error('It has not begun.');
    return life;
  }

  get isBack(): boolean {
    return this.life.isBack && this.pending.size === 0;
  }

  /** For whoever wonders why it is not back. */
  get standing(): string {
    const { gaveUp, standing } = this.life;
    return `${this.name}: ${gaveUp ?? standing}, ${this.pending.size} pending`;
  }

  get tickets(): number {
    return this.lives.reduce((sum, { tickets }) => sum + tickets, 0);
  }

  startWriting(): void {
    const { random } = this.options;
    const write = (): void => {
      this.write(random.next() >= UNSTORED_SHARE);
      this.timer = setTimeout(write, random.between(...PAUSE_MS));
    };
    this.timer = setTimeout(write, random.between(0, PAUSE_MS[1]));
  }

  stopWriting(): void {
    clearTimeout(this.timer);
  }

  /** The page is loaded anew. What was to be stored the new one finds and sends, under the same ids. */
  reload(): void {
    this.life.throwAway();
    for (const id of this.pending) {
      if (isStoredId(id)) continue;
      this.pending.delete(id);
      this.goneWithPage += 1;
    }
    this.begin(false);
  }

  end(): void {
    this.stopWriting();
    this.life.client.disconnect();
  }

  private begin(fromStart: boolean): void {
    const { person, proxy, topic, client } = this.options;
    const acknowledged = (id: string, seq: number | undefined): void => {
      if (isStoredId(id)) this.acks.set(id, seq);
      else this.ackedUnstored += 1;
      // The page that had the promise may be gone.
      if (!fromStart && isStoredId(id)) this.pending.delete(id);
    };
    const { storage } = this;
    this.lives.push(new ClientLife({ person, proxy, topic, client, storage, fromStart, acknowledged }));
  }

  private write(isStored: boolean): void {
    this.sent += 1;
    const id = `${this.name}-${isStored ? 's' : 'n'}${this.sent}`;
    this.pending.add(id);
    const { life } = this;
    const channel = life.client.channel<TextActions>(this.topic);
    const payload = { text: 'See you there, café 👩‍👩‍👧 日本語', said: id };
    const sent = isStored
      ? channel.storeMessage('message', payload, { id })
      : channel.sendMessage('note', payload, { id });
    sent.then(
      () => this.pending.delete(id),
      (error: unknown) => {
        // What a page that is gone still says counts no more.
        if (life !== this.life) return;
        this.pending.delete(id);
        this.rejected.set(id, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      },
    );
  }
}

function isStoredId(id: string): boolean {
  return /-s\d+$/.test(id);
}
