import { createHash, randomBytes } from 'node:crypto';
import { clientFrame } from './client-frame';
import { FrameScanner, Opcode, type Mark } from './frame-scanner';
import { Wire } from './wire';

export interface RawSocketOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** How the messages are known that are counted unread; without it every frame is handed out. */
  readonly mark?: Mark;
}

const HEAD_BYTES = 16 * 1024;
const HEAD_END = '\r\n\r\n';
/** RFC 6455 §1.3. */
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A WebSocket client that counts what it does not have to read, so that one process takes a million messages a second. */
export class RawSocket {
  /** Text and binary frames that are no counted messages. The payload is good during the call only. */
  onFrame: (payload: Buffer, opcode: number) => void = () => undefined;
  /** Resolves when it is closed: with the close code, or 1006 when there was none, or what broke it. */
  readonly closed: Promise<number | Error>;
  private readonly scanner: FrameScanner;
  private readonly claim = (length: number): Buffer => this.wire.claim(length);
  private closeCode = 1006;
  private closing = false;

  private constructor(
    private readonly wire: Wire,
    mark: Mark | undefined,
  ) {
    this.scanner = new FrameScanner((payload, opcode) => this.take(payload, opcode), mark);
    this.closed = wire.closed.then((error) => error ?? this.closeCode);
  }

  /**
   * @param url like `ws://127.0.0.1:3000/sock`
   * @throws Error when the upgrade is refused, with status and body
   */
  static async open(url: string, { headers = {}, mark }: RawSocketOptions = {}): Promise<RawSocket> {
    const { hostname, port, host, pathname, search } = new URL(url);
    const wire = await Wire.open(Number(port), hostname);
    const key = randomBytes(16).toString('base64');
    const lines = {
      host,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    wire.send(Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${head.join('')}\r\n`));
    const socket = new RawSocket(wire, mark);
    const accept = createHash('sha1')
      .update(key + KEY_SUFFIX)
      .digest('base64');
    await socket.upgraded(accept);
    return socket;
  }

  /** Messages that came whole. */
  get messages(): number {
    return this.scanner.messages;
  }

  /** When set, messages are handed out as well as counted. The payload is good during the call only. */
  set onMessage(read: ((payload: Buffer) => void) | undefined) {
    this.scanner.onMessage = read;
  }

  /** Bytes that wait here because the server does not read. */
  get queuedBytes(): number {
    return this.wire.queuedBytes;
  }

  send(payload: string | Buffer, opcode: number = typeof payload === 'string' ? Opcode.text : Opcode.binary): void {
    this.wire.send(clientFrame(payload, opcode, this.claim));
  }

  /** Closes politely and waits until it is closed. */
  async close(code = 1000): Promise<void> {
    this.closing = true;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.send(payload, Opcode.close);
    await this.closed;
  }

  /** Ends it without a word. */
  destroy(): void {
    this.wire.destroy();
  }

  private async upgraded(accept: string): Promise<void> {
    let head = Buffer.alloc(0);
    const switched = new Promise<void>((resolve, reject) => {
      this.wire.onBytes = (buffer, from, to) => {
        head = Buffer.concat([head, buffer.subarray(from, to)]);
        const end = head.indexOf(HEAD_END);
        if (end < 0 && head.length < HEAD_BYTES) return;
        const text = head.toString('latin1', 0, end);
        if (!text.startsWith('HTTP/1.1 101') || !text.includes(accept)) {
          reject(new Error(`Refused: ${head.toString('utf8').slice(0, 500)}`));
          this.wire.destroy();
          return;
        }
        this.wire.onBytes = (bytes, start, stop) => {
          this.scanner.push(bytes, start, stop);
        };
        // Whoever waits sets its readers first: what came along with the head is read in the next turn.
        const rest = head.subarray(end + HEAD_END.length);
        resolve();
        if (rest.length > 0) this.later(rest);
      };
    });
    const ended = this.wire.closed.then((error) => {
      throw new Error('The connection ended before it was upgraded.', { cause: error });
    });
    await Promise.race([switched, ended]);
  }

  /** Bytes that come before these are read wait behind them. */
  private later(first: Buffer): void {
    const waiting = [first];
    const read = this.wire.onBytes;
    this.wire.onBytes = (buffer, from, to) => {
      waiting.push(Buffer.from(buffer.subarray(from, to)));
    };
    setImmediate(() => {
      this.wire.onBytes = read;
      try {
        for (const bytes of waiting) this.scanner.push(bytes);
      } catch {
        // What a server must not send, as in any other turn.
        this.wire.destroy();
      }
    });
  }

  private take(payload: Buffer, opcode: number): void {
    if (opcode === Opcode.ping) this.send(Buffer.from(payload), Opcode.pong);
    else if (opcode === Opcode.close) {
      if (payload.length >= 2) this.closeCode = payload.readUInt16BE(0);
      if (!this.closing) this.send(Buffer.from(payload), Opcode.close);
      this.wire.end();
    } else if (opcode < Opcode.close) this.onFrame(payload, opcode);
  }
}
