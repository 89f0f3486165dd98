import type { Duplex } from 'node:stream';

/** Past this many bytes copying them together costs more than handing the kernel a list. */
const CONCAT_LIMIT = 64 * 1024;

/** Writes at the end of a tick, once for each socket, whatever was sent to it meanwhile. */
export class Flusher {
  private dirty: Outbox[] = [];
  private scheduled = false;

  schedule(outbox: Outbox): void {
    this.dirty.push(outbox);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const { dirty } = this;
      this.dirty = [];
      for (const each of dirty) each.flush();
    });
  }
}

/** What waits to be written to one socket. */
export class Outbox {
  private frames: Buffer[] = [];
  private bytes = 0;

  constructor(
    private readonly socket: Duplex,
    private readonly flusher: Flusher,
  ) {}

  /** Bytes that the reader has not taken yet: this tick's and those that the kernel did not want. */
  get queuedBytes(): number {
    return this.bytes + this.socket.writableLength;
  }

  push(frame: Buffer): void {
    if (this.frames.length === 0) this.flusher.schedule(this);
    this.frames.push(frame);
    this.bytes += frame.length;
    // So that a tick full of large frames is not mistaken for a slow reader.
    if (this.bytes > CONCAT_LIMIT) this.flush();
  }

  flush(): void {
    const { frames, bytes } = this;
    const [first] = frames;
    if (first === undefined) return;
    this.frames = [];
    this.bytes = 0;
    if (!this.socket.writable) return;
    if (frames.length === 1) this.socket.write(first);
    else if (bytes <= CONCAT_LIMIT) this.socket.write(Buffer.concat(frames, bytes));
    else {
      this.socket.cork();
      for (const frame of frames) this.socket.write(frame);
      this.socket.uncork();
    }
  }
}
