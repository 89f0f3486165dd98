import { WebSocket } from 'ws';
import { type HttpPerson, socketUrl } from '@parley/harness';
import { payload } from './insert-one-by-one';

/** One connection that stores as fast as it is acknowledged, and remembers every ack. */
export class Storer {
  /** Acknowledged id to `seq`. */
  readonly acks = new Map<string, number>();
  /** Milliseconds from send to ack. */
  readonly latencies: number[] = [];
  private readonly sent = new Map<string, number>();
  private number = 0;
  private until = 0;
  private finished: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private failure: Error | undefined;

  private constructor(
    readonly topic: string,
    private readonly name: string,
    private readonly inFlight: number,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => this.receive(data));
    socket.on('close', (code) => this.fail(new Error(`${this.name} was closed with ${code}`)));
    socket.on('error', (error) => this.fail(error));
  }

  static async open(person: HttpPerson, topic: string, inFlight: number): Promise<Storer> {
    const { ticket, connectionId } = await person.ticket();
    const socket = new WebSocket(socketUrl(person, ticket), { perMessageDeflate: false });
    const storer = new Storer(topic, connectionId, inFlight, socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const subscribed = new Promise<void>((resolve) => socket.once('message', () => resolve()));
    socket.send(JSON.stringify({ action: 'subscribe', topic }));
    await subscribed;
    return storer;
  }

  /** Resolves when the time is over and everything that was sent is acknowledged. */
  storeFor(milliseconds: number): Promise<void> {
    this.until = performance.now() + milliseconds;
    return new Promise((resolve, reject) => {
      this.finished = { resolve, reject };
      if (this.failure !== undefined) reject(this.failure);
      for (let count = 0; count < this.inFlight; count += 1) this.sendNext();
    });
  }

  close(): void {
    this.finished = undefined;
    this.socket.close(1000);
  }

  private sendNext(): void {
    this.number += 1;
    const id = `${this.name}-${this.number}`;
    this.sent.set(id, performance.now());
    this.socket.send(
      JSON.stringify({ action: 'message', topic: this.topic, store: true, id, payload: payload(this.number) }),
    );
  }

  private receive(data: Buffer): void {
    // Broadcasts are most of what comes; only what is about this connection's own frames is read.
    const head = data.toString('latin1', 0, 16);
    if (head.startsWith('{"type":"error"')) this.fail(new Error(data.toString('utf8')));
    if (head.startsWith('{"type":"ping"')) this.socket.send('{"action":"pong"}');
    if (!head.startsWith('{"type":"ack"')) return;
    const { payload: ack } = JSON.parse(data.toString('utf8')) as { payload: { id: string; seq: number } };
    const sentAt = this.sent.get(ack.id);
    if (sentAt === undefined) {
      this.fail(new Error(`${ack.id} was acknowledged twice, or never sent`));
      return;
    }
    this.sent.delete(ack.id);
    const now = performance.now();
    this.latencies.push(now - sentAt);
    this.acks.set(ack.id, ack.seq);
    if (now < this.until) this.sendNext();
    else if (this.sent.size === 0) this.finished?.resolve();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.finished?.reject(error);
  }
}
