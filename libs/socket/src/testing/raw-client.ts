import type { ClientFrame, ServerFrame } from '@parley/protocol';
import { WebSocket } from 'ws';

/** Milliseconds that a test waits for what it expects. A limit for failures; nothing ever waits it out otherwise. */
const DEADLINE_MS = 5_000;

/** A frame whose payload a test looks into without telling the compiler its form. */
export type SeenFrame = ServerFrame<Readonly<Record<string, unknown>>>;

/** A WebSocket without any client library: sends what a test says and keeps what comes. */
export class RawClient {
  /** Every frame so far, in order. */
  readonly seen: SeenFrame[] = [];
  private readonly wakers = new Set<() => void>();
  private closedWith: { code: number; reason: string } | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.seen.push(JSON.parse(data.toString('utf8')) as SeenFrame);
      this.wake();
    });
    socket.on('close', (code, reason) => {
      this.closedWith = { code, reason: reason.toString() };
      this.wake();
    });
    socket.on('error', () => {
      this.wake();
    });
  }

  /** @throws Error when the server refuses the upgrade */
  static async open(url: string, headers: Record<string, string> = {}): Promise<RawClient> {
    const socket = new WebSocket(url, { headers });
    const client = new RawClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(frame: ClientFrame | Record<string, unknown> | string | Buffer): void {
    this.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** The first frame, among those that came or are to come, that matches. */
  async next(matches: (frame: SeenFrame) => boolean, what = 'a frame'): Promise<SeenFrame> {
    return this.until(() => this.seen.find(matches), what);
  }

  async nextOf(type: string, topic?: string): Promise<SeenFrame> {
    return this.next((frame) => frame.type === type && (topic === undefined || frame.topic === topic), `'${type}'`);
  }

  /** The answer to the frame with this id, `error` included. */
  async answerTo(id: string): Promise<SeenFrame> {
    return this.next((frame) => frame.id === id && frame.sender === null, `the answer to '${id}'`);
  }

  async closed(): Promise<{ code: number; reason: string }> {
    return this.until(() => this.closedWith, 'the close');
  }

  of(type: string): SeenFrame[] {
    return this.seen.filter((frame) => frame.type === type);
  }

  /** Everything that the server sent before this call has arrived when it resolves. */
  async settled(): Promise<void> {
    const id = `settled-${Math.random().toString(36).slice(2)}`;
    this.send({ action: 'ping', id });
    await this.answerTo(id);
  }

  close(): void {
    this.socket.close(1000);
  }

  private wake(): void {
    for (const wake of this.wakers) wake();
  }

  private async until<T>(look: () => T | undefined, what: string): Promise<T> {
    const found = look();
    if (found !== undefined) return found;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.wakers.delete(wake);
        reject(
          new Error(
            `${what} did not come. Seen: ${JSON.stringify(this.seen.slice(-5))}, closed: ${JSON.stringify(this.closedWith)}`,
          ),
        );
      }, DEADLINE_MS);
      const wake = (): void => {
        const value = look();
        if (value === undefined) return;
        clearTimeout(timer);
        this.wakers.delete(wake);
        resolve(value);
      };
      this.wakers.add(wake);
    });
  }
}
