import { socketUrl, type HttpPerson } from '@parley/harness';
import type { ClientFrame, ServerFrame } from '@parley/protocol';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A socket without our client and without checks, so that measuring costs little. Answers pings. */
export class BenchSocket {
  /** Every frame, with the moment at which it was here (`performance.now()`). */
  onFrame: (frame: ServerFrame, at: number) => void = () => undefined;
  /** Frames that begin so are dropped unread: with much traffic, reading it would be most of the work. */
  ignored: string | undefined;
  /** The close code, once it is closed. */
  readonly closed: Promise<number>;
  private readonly answers = new Map<string, (frame: ServerFrame) => void>();
  private asked = 0;

  private constructor(
    private readonly socket: WebSocket,
    readonly connectionId: string,
  ) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    // The close comes after it and says enough.
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      const at = performance.now();
      if (this.ignored !== undefined && data.toString('latin1', 0, this.ignored.length) === this.ignored) return;
      const frame = JSON.parse(data.toString('utf8')) as ServerFrame;
      if (frame.type === 'ping') this.send({ action: 'pong' });
      if (frame.id !== undefined && frame.sender === null) {
        this.answers.get(frame.id)?.(frame);
        this.answers.delete(frame.id);
      }
      this.onFrame(frame, at);
    });
  }

  static async open(person: HttpPerson): Promise<BenchSocket> {
    const { ticket, connectionId } = await person.ticket();
    const socket = new WebSocket(socketUrl(person, ticket), { perMessageDeflate: false });
    const opened = new BenchSocket(socket, connectionId);
    await once(socket, 'open');
    return opened;
  }

  send(frame: ClientFrame): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Sends a frame and waits for its answer. @throws Error when the connection ends first */
  async ask(frame: ClientFrame): Promise<ServerFrame> {
    this.asked += 1;
    const id = frame.id ?? `ask-${this.asked}`;
    const answer = new Promise<ServerFrame>((resolve) => this.answers.set(id, resolve));
    this.send({ ...frame, id });
    const ended = this.closed.then((code) => {
      throw new Error(`Closed with ${code} before the answer to ${frame.action}.`);
    });
    return Promise.race([answer, ended]);
  }

  /** @throws Error when the server says no */
  async subscribe(topic: string): Promise<void> {
    const answer = await this.ask({ action: 'subscribe', topic });
    if (answer.type !== 'subscribe') throw new Error(`Not subscribed: ${JSON.stringify(answer.payload)}`);
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }
}
