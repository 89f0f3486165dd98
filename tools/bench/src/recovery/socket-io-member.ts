import { RawSocket } from '../load';
import { faultsOf, type Absentee, type ReturnFaults, type Voice } from './absence';

interface Connected {
  readonly sid: string;
  /** What a session is taken up by. */
  readonly pid: string;
}

/** A client of socket.io that takes its session up again, as its own client does (connection state recovery). */
export class SocketIoMember implements Absentee, Voice {
  private socket: RawSocket | undefined;
  private session: Connected | undefined;
  /** Of the last message that came. */
  private offset: string | undefined;
  private missed: [id: string, offset: string][] = [];
  private expected = Number.POSITIVE_INFINITY;
  private complete: (() => void) | undefined;
  private connected: ((session: Connected) => void) | undefined;
  private failed: ((error: Error) => void) | undefined;
  private readonly answers = new Map<number, (answer: unknown) => void>();
  private asked = 0;
  private recovered = true;
  private leaving = false;
  private trouble: string | undefined;

  private constructor(
    private readonly port: number,
    private readonly room: string,
  ) {}

  static async open(port: number, room: string): Promise<SocketIoMember> {
    const member = new SocketIoMember(port, room);
    await member.connect();
    await member.ask('join', room);
    return member;
  }

  /** Resolves with the first message that comes. */
  hearsOne(): Promise<void> {
    this.expected = 1;
    return new Promise((resolve) => (this.complete = resolve));
  }

  async cut(): Promise<void> {
    this.leave();
    await this.socket?.closed;
  }

  async comeBack(missed: number): Promise<void> {
    const before = this.session;
    this.missed = [];
    this.expected = missed;
    const complete = new Promise<void>((resolve) => (this.complete = resolve));
    await this.connect();
    this.recovered = this.session?.pid === before?.pid;
    if (this.recovered) await complete;
  }

  check(ids: readonly string[]): ReturnFaults {
    if (this.trouble !== undefined) throw new Error(this.trouble);
    const faults = faultsOf(
      ids,
      this.missed.map(([id]) => id),
    );
    return { ...faults, unrecovered: this.recovered ? 0 : 1 };
  }

  async say(count: number): Promise<readonly string[]> {
    const ids = Array.from({ length: count }, (_, index) => `said-${this.asked + index + 1}`);
    await Promise.all(ids.map((id) => this.ask('chat', this.room, { id, text: 'See you there, café 日本語' })));
    return ids;
  }

  /** How many are connected. */
  async count(): Promise<number> {
    return Number(await this.ask('count'));
  }

  leave(): void {
    this.leaving = true;
    this.socket?.destroy();
  }

  private async connect(): Promise<void> {
    this.leaving = false;
    const socket = await RawSocket.open(`ws://127.0.0.1:${this.port}/socket.io/?EIO=4&transport=websocket`);
    this.socket = socket;
    const connected = new Promise<Connected>((resolve, reject) => {
      this.connected = resolve;
      this.failed = reject;
    });
    socket.onFrame = (frame) => this.hear(frame.toString('utf8'));
    void socket.closed.then((how) => {
      if (socket === this.socket && !this.leaving) this.fail(`The connection ended with ${String(how)}.`);
    });
    this.session = await connected;
  }

  private ask(...event: readonly unknown[]): Promise<unknown> {
    this.asked += 1;
    const number = this.asked;
    return new Promise((resolve) => {
      this.answers.set(number, resolve);
      this.socket?.send(`42${number}${JSON.stringify(event)}`);
    });
  }

  private hear(text: string): void {
    const [, number, answer] = /^43(\d+)(\[.*)$/s.exec(text) ?? [];
    if (text === '2') this.socket?.send('3');
    else if (text.startsWith('0{')) this.socket?.send(`40${this.known()}`);
    else if (text.startsWith('40{')) this.connected?.(JSON.parse(text.slice(2)) as Connected);
    else if (text.startsWith('42["chat",')) {
      const [, { id }, offset] = JSON.parse(text.slice(2)) as [string, { id: string }, string];
      this.missed.push([id, offset]);
      this.offset = offset;
      if (this.missed.length === this.expected) this.complete?.();
    } else if (number !== undefined && answer !== undefined) {
      this.answers.get(Number(number))?.((JSON.parse(answer) as unknown[])[0]);
      this.answers.delete(Number(number));
    } else this.fail(text);
  }

  /** What it had, when it had anything. */
  private known(): string {
    const { session, offset } = this;
    return session === undefined || offset === undefined ? '' : JSON.stringify({ pid: session.pid, offset });
  }

  private fail(what: string): void {
    this.trouble ??= what;
    this.failed?.(new Error(what));
    this.complete?.();
  }
}
