/** WebSocket opcodes (RFC 6455 §11.8). */
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** What the payload of every message of a server has in one place, and none of its other frames. */
export interface Mark {
  readonly at: number;
  readonly byte: number;
}

/** The mark of a text: its last character, ASCII, at the place that it has there. */
export function markAfter(beginning: string): Mark {
  const bytes = Buffer.from(beginning);
  return { at: bytes.length - 1, byte: bytes[bytes.length - 1] ?? 0 };
}

/** Largest header of a frame that is not masked. */
const HEADER_BYTES = 10;

/**
 * Counts the frames of a server by jumping from header to header. Messages are known by their mark, and their payloads
 * are not touched unless someone asks for them; all other frames are handed out. Chunks may end anywhere.
 */
export class FrameScanner {
  /** Messages of which the last byte has come. */
  messages = 0;
  /** When set, messages are handed out too. */
  onMessage: ((payload: Buffer) => void) | undefined;

  private readonly header = Buffer.alloc(HEADER_BYTES);
  private headerBytes = 0;
  /** Bytes still to come of a message that nobody reads. */
  private unread = 0;
  /** A payload that is read and not complete yet. */
  private body: Buffer | undefined;
  private bodyBytes = 0;
  private opcode = 0;

  /** @param onFrame told of every frame that is no message; its payload is good during the call only */
  constructor(
    private readonly onFrame: (payload: Buffer, opcode: number) => void,
    private readonly mark?: Mark,
  ) {}

  /** @throws Error for what a server must not send */
  push(chunk: Buffer, from = 0, to = chunk.length): void {
    let at = from;
    while (at < to) {
      if (this.unread > 0) at = this.skip(at, to);
      else if (this.body !== undefined) at = this.collect(this.body, chunk, at, to);
      else if (this.headerBytes > 0) at = this.completeHeader(chunk, at, to);
      else at = this.readHeader(chunk, at, to);
    }
  }

  private readHeader(chunk: Buffer, at: number, to: number): number {
    const second = chunk[at + 1] ?? 0;
    const size = at + 1 < to ? headerSize(second) : 2;
    if (at + size > to) {
      this.headerBytes = chunk.copy(this.header, 0, at, to);
      return to;
    }
    return this.begin(chunk[at] ?? 0, payloadLength(chunk, at, second), chunk, at + size, to);
  }

  private completeHeader(chunk: Buffer, at: number, to: number): number {
    const { header } = this;
    const size = this.headerBytes < 2 ? 2 : headerSize(header[1] ?? 0);
    const taken = chunk.copy(header, this.headerBytes, at, Math.min(to, at + size - this.headerBytes));
    this.headerBytes += taken;
    const second = header[1] ?? 0;
    if (this.headerBytes < 2 || this.headerBytes < headerSize(second)) return at + taken;
    this.headerBytes = 0;
    return this.begin(header[0] ?? 0, payloadLength(header, 0, second), chunk, at + taken, to);
  }

  private begin(first: number, length: number, chunk: Buffer, at: number, to: number): number {
    this.opcode = first & 15;
    const end = at + length;
    const { mark } = this;
    if (mark !== undefined && this.onMessage === undefined && this.opcode < 3 && mark.at < length) {
      const place = at + mark.at;
      if (place < to && chunk[place] === mark.byte) {
        if (end <= to) {
          this.messages += 1;
          return end;
        }
        this.unread = end - to;
        return to;
      }
    }
    if (end <= to) {
      this.hand(chunk.subarray(at, end));
      return end;
    }
    this.body = Buffer.allocUnsafe(length);
    this.bodyBytes = chunk.copy(this.body, 0, at, to);
    return to;
  }

  private skip(at: number, to: number): number {
    const skipped = Math.min(this.unread, to - at);
    this.unread -= skipped;
    if (this.unread === 0) this.messages += 1;
    return at + skipped;
  }

  private collect(body: Buffer, chunk: Buffer, at: number, to: number): number {
    const taken = chunk.copy(body, this.bodyBytes, at, Math.min(to, at + body.length - this.bodyBytes));
    this.bodyBytes += taken;
    if (this.bodyBytes === body.length) {
      this.body = undefined;
      this.hand(body);
    }
    return at + taken;
  }

  private hand(payload: Buffer): void {
    const { mark } = this;
    if (mark !== undefined && this.opcode < 3 && payload[mark.at] === mark.byte) {
      this.messages += 1;
      this.onMessage?.(payload);
    } else this.onFrame(payload, this.opcode);
  }
}

function headerSize(second: number): number {
  if (second > 127) throw new Error('A server must not mask its frames (RFC 6455 §5.1).');
  return second < 126 ? 2 : second === 126 ? 4 : 10;
}

function payloadLength(buffer: Buffer, at: number, second: number): number {
  if (second < 126) return second;
  return second === 126 ? buffer.readUInt16BE(at + 2) : Number(buffer.readBigUInt64BE(at + 2));
}
