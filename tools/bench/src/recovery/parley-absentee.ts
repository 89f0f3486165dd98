import type { Position, ServerFrame, Subscribed } from '@parley/protocol';
import { RawSocket } from '../load';
import { faultsOf, type Absentee, type ReturnFaults } from './absence';

const messageBegins = '{"type":"message"';

/** A client of ours: it comes back under its connectionId (T4) and says what it had seen last (H2). */
export class ParleyAbsentee implements Absentee {
  private socket: RawSocket | undefined;
  private position: Position | undefined;
  private answer: { resolve: (answer: Subscribed) => void; reject: (error: Error) => void } | undefined;
  private missed: Buffer[] = [];
  private expected = Number.POSITIVE_INFINITY;
  private complete: (() => void) | undefined;
  private recovered = true;
  private leaving = false;
  private trouble: string | undefined;

  private constructor(
    private readonly topic: string,
    private readonly again: () => Promise<string>,
  ) {}

  /**
   * @param url of the socket, with a ticket
   * @param again asks for a ticket for the same connection, and gives the socket's address with it
   */
  static async open(topic: string, url: string, again: () => Promise<string>): Promise<ParleyAbsentee> {
    const absentee = new ParleyAbsentee(topic, again);
    const { epoch, offset } = await absentee.subscribe(url);
    absentee.position = { epoch, offset };
    return absentee;
  }

  async cut(): Promise<void> {
    this.leave();
    await this.socket?.closed;
  }

  async comeBack(missed: number): Promise<void> {
    this.missed = [];
    this.expected = missed;
    const complete = new Promise<void>((resolve) => (this.complete = resolve));
    const { recovered } = await this.subscribe(await this.again());
    this.recovered = recovered;
    if (recovered) await complete;
  }

  check(ids: readonly string[]): ReturnFaults {
    if (this.trouble !== undefined) throw new Error(this.trouble);
    const { epoch = '', offset = 0 } = this.position ?? {};
    const frames = this.missed.map((bytes) => JSON.parse(bytes.toString('utf8')) as ServerFrame);
    const faults = faultsOf(
      ids,
      frames.map(({ id = '' }) => id),
    );
    const misnumbered = frames.filter((frame, index) => frame.offset !== offset + index + 1).length;
    this.position = { epoch, offset: offset + ids.length };
    return { ...faults, disordered: faults.disordered + misnumbered, unrecovered: this.recovered ? 0 : 1 };
  }

  leave(): void {
    this.leaving = true;
    this.socket?.destroy();
  }

  private async subscribe(url: string): Promise<Subscribed> {
    this.leaving = false;
    const socket = await RawSocket.open(url);
    this.socket = socket;
    socket.onFrame = (frame) => this.hear(frame);
    const answered = new Promise<Subscribed>((resolve, reject) => (this.answer = { resolve, reject }));
    void socket.closed.then((how) => {
      if (socket === this.socket && !this.leaving) this.fail(`The connection ended with ${String(how)}.`);
    });
    const payload = this.position === undefined ? null : { since: this.position };
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
