/** Some of the frames that were gathered, as one reader gets them. */
export interface Span {
  readonly length: number;
  /** The frames as they go over the wire, made once for everyone who gets the same ones. */
  bytes(): Buffer;
}

/**
 * What a topic says to everyone within one tick. Readers follow it, each from the frame that was next when it began, and
 * all of them write the same bytes: what one message costs does not depend on how many there are, and a tick costs each
 * of them one write.
 */
export class FrameBatch<Reader> {
  private readonly frames: Buffer[] = [];
  /** `starts[n]`: bytes before frame n. */
  private readonly starts: number[] = [0];
  private closed = false;
  private whole: Buffer | undefined;
  /** Came meanwhile, or got something else behind which the next frame belongs: to follow from there. */
  private returning: Reader[] = [];

  get count(): number {
    return this.frames.length;
  }

  get bytes(): number {
    return this.starts[this.frames.length] ?? 0;
  }

  /** Nothing is added any more. */
  get sealed(): boolean {
    return this.closed;
  }

  seal(): void {
    this.closed = true;
  }

  add(frame: Buffer): void {
    this.starts.push(this.bytes + frame.length);
    this.frames.push(frame);
  }

  /** Bytes from this frame on. */
  bytesFrom(first: number): number {
    return this.bytes - (this.starts[first] ?? 0);
  }

  /** Everything that was gathered, as it goes over the wire. To be called when it is sealed. */
  all(): Buffer {
    const [only] = this.frames;
    if (this.frames.length === 1 && only !== undefined) return only;
    this.whole ??= Buffer.concat(this.frames, this.bytes);
    return this.whole;
  }

  /** What has been gathered from this frame on. */
  span(first: number): Span {
    const { count } = this;
    return { length: this.bytesFrom(first), bytes: () => this.cut(first, count) };
  }

  /** The reader does not follow, and wants to from the next frame on. To be called once until {@link takeReturning}. */
  comesBack(reader: Reader): void {
    if (!this.closed) this.returning.push(reader);
  }

  /** Those who want to follow. */
  takeReturning(): readonly Reader[] {
    if (this.returning.length === 0) return NOBODY;
    const { returning } = this;
    this.returning = [];
    return returning;
  }

  private cut(first: number, end: number): Buffer {
    if (!this.closed) return Buffer.concat(this.frames.slice(first, end));
    return this.all().subarray(this.starts[first], this.starts[end]);
  }
}

const NOBODY: readonly never[] = [];
