import type { Position, ServerFrame, Subscribed } from '@parley/protocol';
import { RawSocket } from '../load';

const messageBegins = '{"type":"message"';

/** What is wrong with what somebody was told after coming back; all 0 when nothing is. */
export interface ReturnFaults {
  readonly missing: number;
  readonly twice: number;
  readonly disordered: number;
  /** Whoever was told that not everything could be replayed. */
  readonly unrecovered: number;
}

/** Someone in a topic whose connection breaks, and who comes back for what was said meanwhile (H2). */
export class Returner {
  private socket: RawSocket | undefined;
  private position: Position | undefined;
  private answer: { resolve: (answer: Subscribed) => void; reject: (error: Error) => void } | undefined;
  private missed: Buffer[] = [];
  private expected = Number.POSITIVE_INFINITY;
  private complete: (() => void) | undefined;
  private recovered = true;
  private leaving = false;
  /** What ended the connection, or was an error; nobody may have any. */
  trouble: string | undefined;

  constructor(
    private readonly topic: string,
    readonly connectionId: string,
  ) {}

  /** @param url of the socket, with a ticket */
  async come(url: string): Promise<void> {
    const { epoch, offset } = await this.subscribe(url, undefined);
    this.position = { epoch, offset };
  }

  /** The network is gone; nobody says goodbye. */
  async cut(): Promise<void> {
    this.leaving = true;
    this.socket?.destroy();
    await this.socket?.closed;
  }

  /**
   * Resolves when everything has come that was missed.
   *
   * @param url of the socket, with a ticket for the same connection (T4)
   * @param messages how many that is
   */
  async comeBack(url: string, messages: number): Promise<void> {
    this.missed = [];
    this.expected = messages;
    const complete = new Promise<void>((resolve) => (this.complete = resolve));
    const { recovered } = await this.subscribe(url, this.position);
    this.recovered = recovered;
    if (recovered) await complete;
  }

  /** Looks at what came since it was back, and goes on from there. @param ids of what was said meanwhile, in order */
  check(ids: readonly string[]): ReturnFaults {
    const { epoch = '', offset = 0 } = this.position ?? {};
    const frames = this.missed.map((bytes) => JSON.parse(bytes.toString('utf8')) as ServerFrame);
    const came = frames.map(({ id = '' }) => id);
    const seen = new Set(came);
    this.position = { epoch, offset: offset + ids.length };
    return {
      missing: ids.filter((id) => !seen.has(id)).length,
      twice: came.length - seen.size,
      disordered: frames.filter((frame, index) => frame.id !== ids[index] || frame.offset !== offset + index + 1)
        .length,
      unrecovered: this.recovered ? 0 : 1,
    };
  }

  leave(): void {
    this.leaving = true;
    this.socket?.destroy();
  }

  private async subscribe(url: string, since: Position | undefined): Promise<Subscribed> {
    this.leaving = false;
    const socket = await RawSocket.open(url);
    this.socket = socket;
    socket.onFrame = (frame) => this.hear(frame);
    const answered = new Promise<Subscribed>((resolve, reject) => (this.answer = { resolve, reject }));
    void socket.closed.then((how) => {
      if (socket !== this.socket || this.leaving) return;
      this.fail(`the connection ended with ${String(how)}`);
    });
    const payload = since === undefined ? null : { since };
    socket.send(JSON.stringify({ action: 'subscribe', topic: this.topic, payload }));
    return answered;
  }

  private hear(bytes: Buffer): void {
    if (bytes.toString('latin1', 0, messageBegins.length) === messageBegins) {
      // Read when nothing is measured any more.
      this.missed.push(Buffer.from(bytes));
      if (this.missed.length === this.expected) this.complete?.();
      return;
    }
    const { type, payload } = JSON.parse(bytes.toString('utf8')) as ServerFrame<unknown>;
    if (type === 'ping') this.socket?.send('{"action":"pong"}');
    else if (type === 'subscribe') this.answer?.resolve(payload as Subscribed);
    else if (type !== 'subscriber' && type !== 'unsubscriber') this.fail(bytes.toString('utf8'));
  }

  private fail(what: string): void {
    this.trouble ??= what;
    this.answer?.reject(new Error(what));
    this.complete?.();
  }
}
