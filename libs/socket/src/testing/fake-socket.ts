import { Duplex } from 'node:stream';

/** A socket whose peer reads only when the test says so. Every write is kept as it came. */
export class FakeSocket extends Duplex {
  readonly chunks: Buffer[] = [];
  private pending: (() => void) | undefined;
  private reading = true;

  /** @param mark bytes past which it wants to be drained */
  constructor(mark: number) {
    super({ writableHighWaterMark: mark });
  }

  /** As text, one entry for each write. */
  get writes(): string[] {
    return this.chunks.map((chunk) => chunk.toString('utf8'));
  }

  override _read(): void {
    // Nothing ever comes.
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    if (this.reading) done();
    else this.pending = done;
  }

  stall(): void {
    this.reading = false;
  }

  readOn(): void {
    this.reading = true;
    const { pending } = this;
    this.pending = undefined;
    pending?.();
  }
}
