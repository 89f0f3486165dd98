import { markAfter, RawSocket } from '../../load';
import type { PeerConnection } from '../peer';

const mark = markAfter('{');

/** A WebSocket for each channel that is read, and one for each that is written; nchan answers each publication there. */
export class NchanConnection implements PeerConnection {
  readonly ended: Promise<string | undefined>;
  private readonly readers: RawSocket[] = [];
  private readonly writers = new Map<string, Promise<RawSocket>>();
  private readonly open = new Map<string, RawSocket>();
  private reader: ((message: Buffer) => void) | undefined;
  private end: (why: string | undefined) => void = () => undefined;

  constructor(private readonly port: number) {
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  get received(): number {
    let sum = 0;
    for (const socket of this.readers) sum += socket.messages;
    return sum;
  }

  get queuedBytes(): number {
    let sum = 0;
    for (const socket of this.open.values()) sum += socket.queuedBytes;
    return sum;
  }

  set onMessage(read: ((message: Buffer) => void) | undefined) {
    this.reader = read;
    for (const socket of this.readers) socket.onMessage = read;
  }

  async join(topic: string): Promise<void> {
    const socket = await this.connect('sub', topic);
    socket.onMessage = this.reader;
    this.readers.push(socket);
  }

  publish(topic: string, payload: string): void {
    const socket = this.open.get(topic);
    if (socket === undefined) void this.writer(topic).then((opened) => opened.send(payload), this.fail);
    else socket.send(payload);
  }

  async close(): Promise<void> {
    this.end(undefined);
    const writers = await Promise.all(this.writers.values());
    await Promise.all([...this.readers, ...writers].map((socket) => socket.close()));
  }

  private writer(topic: string): Promise<RawSocket> {
    const known = this.writers.get(topic);
    if (known !== undefined) return known;
    const opening = this.connect('pub', topic).then((socket) => {
      this.open.set(topic, socket);
      return socket;
    });
    this.writers.set(topic, opening);
    return opening;
  }

  private async connect(way: 'pub' | 'sub', topic: string): Promise<RawSocket> {
    const socket = await RawSocket.open(`ws://127.0.0.1:${this.port}/${way}/${topic}`, { mark });
    void socket.closed.then((how) => this.end(`closed with ${String(how)}`));
    return socket;
  }

  private readonly fail = (error: unknown): void => this.end(String(error));
}
