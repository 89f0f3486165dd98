import { type HttpPerson, socketUrl } from '@parley/harness';
import { payload } from '../ceiling/row';
import { markAfter, RawSocket } from '../load';

/** What comes back of everything that someone stores; no type of the server's own begins with its first letter. */
const broadcast = markAfter('{"type":"m');

/** One connection that stores as fast as it is acknowledged, and remembers every ack. */
export class Storer {
  /** Acknowledged id to `seq`. */
  readonly acks = new Map<string, number>();
  /** Milliseconds from send to ack, of everything acknowledged since {@link storeFor} was last called. */
  latencies: number[] = [];
  private readonly sent = new Map<string, number>();
  private number = 0;
  private until = 0;
  private finished: { resolve: () => void; reject: (error: Error) => void } | undefined;
  private failure: Error | undefined;

  private constructor(
    readonly topic: string,
    private readonly name: string,
    private readonly inFlight: number,
    private readonly socket: RawSocket,
  ) {
    socket.onFrame = (data) => this.receive(data);
    void socket.closed.then((how) => this.fail(new Error(`${this.name} was closed with ${String(how)}`)));
  }

  static async open(person: HttpPerson, topic: string, inFlight: number): Promise<Storer> {
    const { ticket, connectionId } = await person.ticket();
    const socket = await RawSocket.open(socketUrl(person, ticket), { mark: broadcast });
    const storer = new Storer(topic, connectionId, inFlight, socket);
    await storer.subscribe();
    return storer;
  }

  /** Messages of its topic that came, its own included. */
  get received(): number {
    return this.socket.messages;
  }

  /** Resolves when the time is over and everything that was sent is acknowledged. */
  storeFor(milliseconds: number): Promise<void> {
    this.latencies = [];
    this.until = performance.now() + milliseconds;
    return new Promise((resolve, reject) => {
      this.finished = { resolve, reject };
      if (this.failure !== undefined) reject(this.failure);
      for (let count = 0; count < this.inFlight; count += 1) this.sendNext();
    });
  }

  async close(): Promise<void> {
    this.finished = undefined;
    await this.socket.close();
  }

  private subscribe(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.finished = { resolve: () => resolve(undefined), reject };
    this.socket.send(JSON.stringify({ action: 'subscribe', topic: this.topic }));
    return promise;
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
    const head = data.toString('latin1', 0, 18);
    if (head.startsWith('{"type":"error"')) this.fail(new Error(data.toString('utf8')));
    if (head.startsWith('{"type":"ping"')) this.socket.send('{"action":"pong"}');
    if (head.startsWith('{"type":"subscribe')) this.finished?.resolve();
    if (head.startsWith('{"type":"ack"')) this.acknowledge(data);
  }

  private acknowledge(data: Buffer): void {
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
