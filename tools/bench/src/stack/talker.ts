import type { HttpPerson } from '@parley/harness';
import { isCustomAction, type ServerFrame } from '@parley/protocol';
import { BenchSocket } from './bench-socket';
import type { Seeded } from './seeded';

export interface TalkerOptions {
  readonly person: HttpPerson;
  readonly topic: string;
  /** Part of every id of its messages. */
  readonly name: string;
  readonly perSecond: number;
  readonly random: Seeded;
}

/** Someone who says something in a topic all the time, stored and unstored in turns. */
export class Talker {
  /** When each message was given to the socket, by its id (`performance.now()`). */
  readonly sentAt = new Map<string, number>();
  /** When each ack came. */
  readonly ackedAt = new Map<string, number>();
  /** Code of each refusal, by the message's id. */
  readonly refused = new Map<string, unknown>();
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly options: TalkerOptions,
    readonly socket: BenchSocket,
  ) {
    socket.onFrame = (frame, at) => this.receive(frame, at);
  }

  static async start(options: TalkerOptions): Promise<Talker> {
    const socket = await BenchSocket.open(options.person);
    await socket.subscribe(options.topic);
    const talker = new Talker(options, socket);
    talker.sayLater();
    return talker;
  }

  /** Told of every frame that this one receives beside what it counts. */
  onFrame: (frame: ServerFrame, at: number) => void = () => undefined;

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.socket.close();
  }

  private sayLater(): void {
    const { perSecond, random } = this.options;
    this.timer = setTimeout(
      () => {
        this.say();
        this.sayLater();
      },
      random.between(0, 2_000 / perSecond),
    );
  }

  private say(): void {
    const { topic, name } = this.options;
    const number = this.sentAt.size + 1;
    const id = `${name}-${number}`;
    const payload = { text: 'See you there, café 日本語', number };
    this.sentAt.set(id, performance.now());
    this.socket.send(
      number % 2 === 0
        ? { action: 'message', topic, store: true, id, payload }
        : { action: 'note', topic, id, payload },
    );
  }

  private receive(frame: ServerFrame, at: number): void {
    const { type, id } = frame;
    if (type === 'ack' && id !== undefined) this.ackedAt.set(id, at);
    else if (type === 'error' && id !== undefined) {
      this.refused.set(id, (frame.payload as { code?: unknown } | null)?.code);
    }
    if (!isCustomAction(type) || id === undefined) this.onFrame(frame, at);
  }
}
