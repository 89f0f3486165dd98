import { serverFrame, type ClientFrame, type Position, type Ticket } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { HttpPerson } from './http-person';

/** Milliseconds in which what a test expects has to come. A limit for failures; nothing else waits it out. */
const DEADLINE_MS = 10_000;

/** A frame whose payload a test looks into. */
export type SeenFrame = Omit<ReturnType<typeof serverFrame.parse>, 'payload'> & {
  readonly payload: Readonly<Record<string, unknown>>;
};

/** What an upgrade came to: a socket, or the HTTP answer in its place (T3). */
export type Upgrade =
  | { readonly socket: RawSocket }
  | { readonly socket?: undefined; readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** One WebSocket without our client library: sends what a test says, keeps what comes, checks each frame's form (F1). */
export class RawSocket {
  /** Every frame so far, in order. */
  readonly seen: SeenFrame[] = [];
  connectionId = '';
  private readonly waiting = new Set<() => void>();
  private closedWith: { readonly code: number; readonly reason: string } | undefined;
  private broken: unknown;

  private constructor(private readonly ws: WebSocket) {
    ws.on('message', (data: Buffer, isBinary) => {
      try {
        if (isBinary) throw new Error('The server sent a binary frame.');
        this.seen.push(serverFrame.parse(JSON.parse(data.toString('utf8'))) as SeenFrame);
      } catch (error) {
        this.broken = error;
      }
      this.wake();
    });
    ws.on('close', (code, reason) => {
      this.closedWith = { code, reason: reason.toString() };
      this.wake();
    });
    ws.on('error', () => this.wake());
  }

  /** Tries to upgrade, refused or not. */
  static async upgrade(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Upgrade> {
    const ws = new WebSocket(url, { headers, perMessageDeflate: false });
    const socket = new RawSocket(ws);
    return new Promise<Upgrade>((resolve, reject) => {
      ws.once('open', () => resolve({ socket }));
      ws.once('unexpected-response', (_request, response: IncomingMessage) => {
        void readBody(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      });
      ws.once('error', reject);
    });
  }

  /** A connection of someone who is signed in. */
  static async connect(person: HttpPerson, ticket?: Ticket): Promise<RawSocket> {
    const used = ticket ?? (await person.ticket());
    const upgrade = await RawSocket.upgrade(socketUrl(person, used.ticket));
    if (upgrade.socket === undefined) throw new Error(`Refused: ${upgrade.status} ${JSON.stringify(upgrade.body)}`);
    upgrade.socket.connectionId = used.connectionId;
    return upgrade.socket;
  }

  send(frame: ClientFrame | Readonly<Record<string, unknown>> | string | Buffer): void {
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  /** Sends a frame with an id of its own and waits for its answer: the ack, the reserved action's own, or the error. */
  async ask(frame: ClientFrame): Promise<SeenFrame> {
    const id = frame.id ?? randomUUID();
    const answers = this.answersTo(id).length;
    this.send({ ...frame, id });
    return this.until(() => this.answersTo(id)[answers], `the answer to ${frame.action} ${id}`);
  }

  /**
   * Subscribes and fails unless that was allowed.
   *
   * @param since what was seen last (H2)
   */
  async subscribe(topic: string, since?: Position): Promise<SeenFrame> {
    const payload = since === undefined ? null : { since: { epoch: since.epoch, offset: since.offset } };
    const answer = await this.ask({ action: 'subscribe', topic, payload });
    if (answer.type !== 'subscribe') throw new Error(`Not subscribed: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The first frame that matches, among those that came and those that are to come. */
  async next(matches: (frame: SeenFrame) => boolean, what: string): Promise<SeenFrame> {
    return this.until(() => this.seen.find(matches), what);
  }

  /** Frames of one type so far. */
  of(type: string): SeenFrame[] {
    return this.seen.filter((frame) => frame.type === type);
  }

  /** Waits until as many frames of a type have come, and returns them all. */
  async count(type: string, count: number): Promise<SeenFrame[]> {
    return this.until(() => (this.of(type).length >= count ? this.of(type) : undefined), `${count} × ${type}`);
  }

  /** When it resolves, everything has arrived that the server had sent this connection before it read this. */
  async settled(): Promise<void> {
    await this.ask({ action: 'ping' });
  }

  async closed(): Promise<{ readonly code: number; readonly reason: string }> {
    return this.until(() => this.closedWith, 'the close', true);
  }

  get isOpen(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  /** Closes as a page does that goes away, and waits until it is closed. */
  async close(code = 1000): Promise<void> {
    this.ws.close(code);
    await this.closed();
  }

  /** Ends it without a word, like a network that is gone. */
  terminate(): void {
    this.ws.terminate();
  }

  private answersTo(id: string): SeenFrame[] {
    return this.seen.filter((frame) => frame.id === id && frame.sender === null);
  }

  private wake(): void {
    for (const look of this.waiting) look();
  }

  private async until<T>(look: () => T | undefined, what: string, mayClose = false): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
      };
      const fail = (why: string): void => {
        stop();
        const seen = JSON.stringify(this.seen.slice(-5));
        reject(new Error(`Waiting for ${what}: ${why}. Last seen: ${seen}`, { cause: this.broken }));
      };
      const check = (): void => {
        const value = look();
        if (value !== undefined) {
          stop();
          resolve(value);
        } else if (this.broken !== undefined) fail('a frame had the wrong form');
        else if (this.closedWith !== undefined && !mayClose) fail(`closed with ${this.closedWith.code}`);
      };
      const timer = setTimeout(() => fail(`nothing within ${DEADLINE_MS} ms`), DEADLINE_MS);
      this.waiting.add(check);
      check();
    });
  }
}

/** Where someone's socket is opened with this ticket. */
export function socketUrl(person: HttpPerson, ticket: string): string {
  return `${person.server.socketUrl}?ticket=${encodeURIComponent(ticket)}`;
}

async function readBody(response: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const json = /\bjson\b/.test(response.headers['content-type'] ?? '');
  return json ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : { text };
}
