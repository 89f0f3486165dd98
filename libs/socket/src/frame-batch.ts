/** Some of the frames that were gathered, as one reader gets them. */
export interface Span {
  readonly length: number;
  /** The frames as they go over the wire. */
  bytes(): Buffer;
}

/** What a topic says to everyone within one tick: put together once, whoever gets it. */
export class FrameBatch {
  private readonly frames: Buffer[] = [];
  private readonly volatileKeys: (string | undefined)[] = [];
  private total = 0;
  private whole: Buffer | undefined;

  get count(): number {
    return this.frames.length;
  }

  get bytes(): number {
    return this.total;
  }

  /** @param volatileKey see `Connection.send` */
  add(frame: Buffer, volatileKey: string | undefined): void {
    this.frames.push(frame);
    this.volatileKeys.push(volatileKey);
    this.total += frame.length;
    this.whole = undefined;
  }

  /** Everything that was gathered, as it goes over the wire. */
  all(): Buffer {
    const [only] = this.frames;
    this.whole ??= this.frames.length === 1 && only !== undefined ? only : Buffer.concat(this.frames, this.total);
    return this.whole;
  }

  /** What has been gathered from this frame on. */
  span(first: number): Span {
    if (first === 0) {
      const all = this.all();
      return { length: all.length, bytes: () => all };
    }
    const frames = this.frames.slice(first);
    const length = frames.reduce((sum, frame) => sum + frame.length, 0);
    return { length, bytes: () => Buffer.concat(frames, length) };
  }

  /** One by one, from this frame on. */
  forEach(first: number, take: (frame: Buffer, volatileKey: string | undefined) => void): void {
    for (let index = first; index < this.frames.length; index += 1) {
      const frame = this.frames[index];
      if (frame !== undefined) take(frame, this.volatileKeys[index]);
    }
  }
}
