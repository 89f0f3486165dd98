import { Injectable } from '@nestjs/common';
import type { Duplex } from 'node:stream';
import { DirectWrites } from './direct-writes';
import type { Span } from './frame-batch';

/** Bytes of one write; past it copying frames together costs more than a further write. */
export const WRITE_BYTES = 64 * 1024;

/** Bytes that a topic gathers for one write: they are copied together once, however many get them. */
export const GATHERED_BYTES = 4 * WRITE_BYTES;

/**
 * What may come to someone who keeps up before it is counted: what a topic has gathered and the frame that ended that, a
 * full write, and what Node keeps in a socket before it calls it full, which is less than another write.
 */
const HEADROOM = GATHERED_BYTES + 3 * WRITE_BYTES;

/** The part of the limit up to which volatile frames may wait (L2). */
const VOLATILE_PART = 1 / 4;

/** Outboxes that may wait for the end of a tick: about a millisecond of writing. */
const RELIEVED_AT = 128;

interface Flushable {
  flush(): void;
}

/** Writes at the end of a tick, once for each socket, whatever was sent to it meanwhile. */
@Injectable()
export class Flusher {
  private gathering: Flushable[] = [];
  private dirty: Flushable[] = [];
  private isDue = false;

  /** Whether a topic has gathered something that is not written yet. */
  get isGathering(): boolean {
    return this.gathering.length > 0;
  }

  /** Calls `flush` at the end of the tick. To be called once until then. */
  schedule(outbox: Flushable): void {
    this.dirty.push(outbox);
    this.due();
  }

  /** The same, before all that is scheduled: for what may come behind something that waits for a socket already. */
  scheduleFirst(gathering: Flushable): void {
    this.gathering.push(gathering);
    this.due();
  }

  /**
   * To be called when a frame was dealt with. When very many sockets have something to read, the tick is long, and those
   * who were answered first need not wait for all others.
   */
  relieve(): void {
    if (this.dirty.length < RELIEVED_AT) return;
    const { dirty } = this;
    this.dirty = [];
    flushAll(dirty);
  }

  private due(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(this.flush);
  }

  private readonly flush = (): void => {
    const { gathering, dirty } = this;
    try {
      // What they hand to someone who is behind belongs to this tick, too.
      flushAll(gathering);
    } finally {
      this.gathering = [];
      this.dirty = [];
      this.isDue = false;
      flushAll(dirty);
    }
  };
}

function flushAll(all: readonly Flushable[]): void {
  for (const each of all) each.flush();
}

/**
 * What waits to be written to one socket (L2). As long as the reader keeps up that is what one tick brought; else it
 * waits here and not in the socket, where it could neither be dropped nor replaced by something newer.
 */
export class Outbox {
  private frames: (Buffer | Span)[] = [];
  /** Of {@link frames}. */
  private bytes = 0;
  private scheduled = false;
  /** Only there while the socket is full; by what makes them replace each other. */
  private volatiles: Map<string, Buffer> | undefined;
  private volatileBytes = 0;
  /** The socket has what it can take, and says when it wants more. */
  private full = false;
  /** The kernel did not take all of a direct write at once. */
  private underWay = false;
  private readonly direct: DirectWrites | undefined;

  /** @param limit bytes that may wait, here and in the socket */
  constructor(
    private readonly socket: Duplex,
    private readonly flusher: Flusher,
    private readonly limit: number,
  ) {
    this.direct = DirectWrites.to(socket);
    socket.on('drain', () => {
      this.goOn();
    });
    socket.once('close', () => {
      this.drop();
    });
  }

  /** Bytes that the reader has not taken yet, as far as this process knows: the kernel has its own buffers. */
  get queuedBytes(): number {
    const underWay = this.underWay ? (this.direct?.queuedBytes ?? 0) : 0;
    return this.bytes + this.volatileBytes + underWay + this.socket.writableLength;
  }

  /** @returns false when more would wait than may; the frame is not queued then */
  push(frame: Buffer): boolean {
    if (this.keepsUp && frame.length <= WRITE_BYTES) {
      this.append(frame);
      return true;
    }
    if (this.volatileBytes > 0 && this.queuedBytes + frame.length > this.limit * VOLATILE_PART) this.dropVolatiles();
    if (this.queuedBytes + frame.length > this.limit) return false;
    this.append(frame);
    return true;
  }

  /**
   * Queues a volatile frame, which never closes anyone: behind all others and instead of what waits under the same key,
   * or not at all when too much waits.
   *
   * @param key begins with the topic and a space
   */
  offer(frame: Buffer, key: string): void {
    if (this.keepsUp || (!this.full && this.queuedBytes + frame.length <= this.limit)) {
      this.append(frame);
      return;
    }
    // Also when the newer one finds no room: what is out of date is of no use.
    this.dropVolatile(key);
    if (this.queuedBytes + frame.length > this.limit * VOLATILE_PART) return;
    this.volatiles ??= new Map();
    this.volatiles.set(key, frame);
    this.volatileBytes += frame.length;
  }

  /** Whether a topic may have gathered something that comes before whatever is queued next. */
  get mayBeBehind(): boolean {
    return this.flusher.isGathering;
  }

  /** The socket took everything so far, and little has come since: whatever comes next may simply be appended. */
  get keepsUp(): boolean {
    return !this.full && this.bytes + HEADROOM <= this.limit;
  }

  /** Queues frames of which one may be volatile, for a reader that keeps up. */
  append(frames: Buffer | Span): void {
    this.schedule();
    this.frames.push(frames);
    this.bytes += frames.length;
    // So that a tick full of large frames is not mistaken for a slow reader.
    if (this.bytes > WRITE_BYTES && !this.full) this.flush();
  }

  /** Nothing waits, neither here nor in the socket, and it can be written to. */
  get isIdle(): boolean {
    const { socket } = this;
    // Not more than this is looked at, because it is done for each reader of each message.
    const nothingWaits = this.bytes === 0 && !this.full && !this.underWay && socket.writableLength === 0;
    return nothingWaits && HEADROOM <= this.limit && socket.writable;
  }

  /** Writes at once. To be called only while it {@link isIdle}. */
  write(frames: Buffer): void {
    if (this.direct === undefined) this.hand(frames);
    else this.writeDirectly(this.direct, frames);
  }

  /** Hands the socket what it can take. */
  flush(): void {
    this.scheduled = false;
    if (this.nothingToDo()) return;
    this.full = this.isFull;
    while (this.frames.length > 0 && !this.full) this.hand(this.take());
    if (this.volatiles !== undefined && this.volatileBytes > 0 && this.frames.length === 0 && !this.full) {
      // In one write: those that were left behind could not be replaced any more.
      this.hand(Buffer.concat([...this.volatiles.values()], this.volatileBytes));
      this.dropVolatiles();
    }
  }

  /** Hands the socket everything that must not be lost, however full it is; nothing but a close frame follows. */
  finish(): void {
    this.dropVolatiles();
    if (this.nothingToDo()) return;
    while (this.frames.length > 0) this.socket.write(this.take());
  }

  /** Lets go of what the socket does not have yet. */
  drop(): void {
    this.frames = [];
    this.bytes = 0;
    this.full = false;
    this.dropVolatiles();
  }

  /** The reader has left the topic: nothing volatile of it may come behind the answer that says so. */
  dropVolatilesOf(topic: string): void {
    for (const key of this.volatiles?.keys() ?? []) if (key.startsWith(`${topic} `)) this.dropVolatile(key);
  }

  /** A socket that has written all it got is not full, whatever it said: it takes large writes that way, too. */
  private get isFull(): boolean {
    return this.underWay || (this.socket.writableNeedDrain && this.socket.writableLength > 0);
  }

  /** To the socket, past its stream when nothing waits there. */
  private hand(bytes: Buffer): void {
    const { socket, direct } = this;
    if (direct === undefined || this.underWay || socket.writableLength > 0) {
      if (!socket.write(bytes)) this.full = this.isFull;
      return;
    }
    this.writeDirectly(direct, bytes);
  }

  private writeDirectly(direct: DirectWrites, bytes: Buffer): void {
    const isWritten = direct.write(bytes, this.written);
    if (isWritten === true) return;
    this.full = true;
    if (isWritten === undefined) this.socket.destroy();
    else this.underWay = true;
  }

  /** A direct write is over. */
  private readonly written = (isWritten: boolean): void => {
    this.underWay = false;
    if (isWritten) this.goOn();
    else this.socket.destroy();
  };

  /** The socket wants more. */
  private goOn(): void {
    this.full = false;
    this.flush();
  }

  private schedule(): void {
    if (this.scheduled || this.full) return;
    this.scheduled = true;
    this.flusher.schedule(this);
  }

  private nothingToDo(): boolean {
    if (!this.socket.writable) this.drop();
    return this.frames.length === 0 && this.volatileBytes === 0;
  }

  /** The next whole frames, as many as one write should have; at least one. */
  private take(): Buffer {
    let bytes = 0;
    let count = 0;
    for (const { length } of this.frames) {
      if (count > 0 && bytes + length > WRITE_BYTES) break;
      bytes += length;
      count += 1;
    }
    let taken = this.frames;
    if (count < taken.length) taken = taken.splice(0, count);
    else this.frames = [];
    this.bytes -= bytes;
    const [first] = taken;
    return count === 1 && first !== undefined ? asBytes(first) : Buffer.concat(taken.map(asBytes), bytes);
  }

  private dropVolatile(key: string): void {
    this.volatileBytes -= this.volatiles?.get(key)?.length ?? 0;
    this.volatiles?.delete(key);
  }

  private dropVolatiles(): void {
    this.volatiles = undefined;
    this.volatileBytes = 0;
  }
}

function asBytes(frames: Buffer | Span): Buffer {
  return Buffer.isBuffer(frames) ? frames : frames.bytes();
}
