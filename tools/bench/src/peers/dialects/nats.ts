import { Opcode, RawSocket } from '../../load';
import type { PeerConnection } from '../peer';
import { natsParser } from './nats-parser';
import { Unfinished } from './unfinished';

/** The NATS protocol in binary frames; a frame is a piece of the stream, and holds as many messages as it happens to. */
export class NatsConnection implements PeerConnection {
  received = 0;
  onMessage: ((message: Buffer) => void) | undefined;
  readonly ended: Promise<string | undefined>;
  private subscriptions = 0;
  private pongs: (() => void)[] = [];
  private refusal: string | undefined;
  private isClosing = false;
  private readonly stream = new Unfinished(
    natsParser({
      onMessage: (body) => {
        this.received += 1;
        this.onMessage?.(body);
      },
      onLine: (line) => this.hear(line),
    }),
  );

  private constructor(private readonly socket: RawSocket) {
    socket.onFrame = (payload) => this.stream.push(payload, 0, payload.length);
    this.ended = socket.closed.then((how) =>
      this.isClosing ? undefined : (this.refusal ?? `closed with ${String(how)}`),
    );
  }

  static async open(port: number): Promise<NatsConnection> {
    const connection = new NatsConnection(await RawSocket.open(`ws://127.0.0.1:${port}/`));
    connection.send('CONNECT {"verbose":false,"pedantic":false,"echo":true,"lang":"bench","version":"1"}\r\n');
    await connection.roundTrip();
    return connection;
  }

  get queuedBytes(): number {
    return this.socket.queuedBytes;
  }

  async join(topic: string): Promise<void> {
    this.subscriptions += 1;
    this.send(`SUB ${topic} ${this.subscriptions}\r\n`);
    await this.roundTrip();
  }

  publish(topic: string, payload: string): void {
    this.send(`PUB ${topic} ${Buffer.byteLength(payload)}\r\n${payload}\r\n`);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.socket.close();
  }

  /** What was sent before has been dealt with when this resolves. @throws Error when the connection ends first */
  private async roundTrip(): Promise<void> {
    const answered = new Promise<void>((resolve) => this.pongs.push(resolve));
    this.send('PING\r\n');
    const ended = this.ended.then((why) => {
      throw new Error(`The connection ended: ${why ?? 'it was closed'}`);
    });
    await Promise.race([answered, ended]);
  }

  private send(text: string): void {
    this.socket.send(text, Opcode.binary);
  }

  private hear(line: string): void {
    if (line.startsWith('PING')) this.send('PONG\r\n');
    else if (line.startsWith('PONG')) this.pongs.shift()?.();
    else if (line.startsWith('-ERR')) this.refusal = line.trim();
  }
}
