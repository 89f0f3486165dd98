import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it came, with each of its headers. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** One connection to a server, over which requests are sent byte by byte. */
export class RawConnection {
  private received = Buffer.alloc(0);

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).setNoDelay(true);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  /** @param withBody false for the answer to a HEAD */
  async answer(withBody = true): Promise<RawAnswer> {
    const end = await this.found('\r\n\r\n');
    const [first = '', ...lines] = this.take(end + 4)
      .toString('latin1')
      .trimEnd()
      .split('\r\n');
    const status = Number(first.split(' ')[1]);
    // Only an announcement: 100 Continue.
    if (status < 200) return this.answer(withBody);
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
    const length = withBody ? Number(headers.find(([name]) => name === 'content-length')?.[1] ?? 0) : 0;
    while (this.received.length < length) await this.more();
    return { status, headers, body: this.take(length).toString() };
  }

  close(): void {
    this.socket.destroy();
  }

  private async found(text: string): Promise<number> {
    for (;;) {
      const at = this.received.indexOf(text);
      if (at >= 0) return at;
      await this.more();
    }
  }

  private async more(): Promise<void> {
    if (this.socket.readableEnded) throw new Error(`The answer is not whole: ${this.received.toString()}`);
    await Promise.race([once(this.socket, 'data'), once(this.socket, 'end')]);
  }

  private take(count: number): Buffer {
    const taken = this.received.subarray(0, count);
    this.received = this.received.subarray(count);
    return taken;
  }
}
