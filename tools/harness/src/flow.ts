import type { Socket } from 'node:net';
import type { LineCondition } from './line-condition';

/** Bytes that wait inside before reading pauses, so that a slow side is felt by the other as on one TCP connection. */
const HIGH_WATER = 64 * 1024;
const LOW_WATER = HIGH_WATER / 4;

/** Milliseconds between two pieces of what trickles, at least and at most. */
const TRICKLE_MS = [5, 25] as const;

interface Piece {
  /** Or how the source ended, which takes the same way as its bytes. */
  readonly content: Buffer | 'end' | 'reset';
  /** By `performance.now()`. */
  readonly dueAt: number;
}

/** One direction of a connection: reads here, writes there, under a condition that may change. */
export class Flow {
  private condition: LineCondition = {};
  private readonly waiting: Piece[] = [];
  private waitingBytes = 0;
  private lastDue = 0;
  private timer: NodeJS.Timeout | undefined;
  private isBlocked = false;
  private isLost = false;
  /** Bytes that may trickle now, and since when that was counted. */
  private allowed = 0;
  private countedAt = 0;

  /** @param random from 0 (inclusive) to 1 */
  constructor(
    private readonly source: Socket,
    private readonly target: Socket,
    private readonly random: () => number,
  ) {
    source.on('data', (bytes: Buffer) => this.take(bytes));
    source.on('end', () => this.take('end'));
    // Closed without an end: broken off. The other side learns it in the same way, when the line carries again.
    source.on('close', () => {
      if (!source.readableEnded) this.take('reset');
    });
    target.on('drain', () => {
      this.isBlocked = false;
      this.pump();
    });
    target.on('close', () => this.stop());
  }

  set(condition: LineCondition): void {
    this.condition = condition;
    this.allowed = 0;
    this.countedAt = performance.now();
    this.pump();
  }

  /** Drops what waits, and its timer. */
  stop(): void {
    clearTimeout(this.timer);
    this.waiting.length = 0;
    this.waitingBytes = 0;
    // What still comes from the source has nowhere to go.
    this.isLost = true;
    if (!this.source.destroyed) this.source.resume();
  }

  private take(content: Piece['content']): void {
    this.isLost ||= this.condition.isLost === true;
    if (this.isLost) return;
    const { delayMs = 0, jitterMs = 0 } = this.condition;
    this.lastDue = Math.max(this.lastDue, performance.now() + delayMs + this.random() * jitterMs);
    this.waiting.push({ content, dueAt: this.lastDue });
    if (typeof content !== 'string') this.waitingBytes += content.length;
    if (this.waitingBytes >= HIGH_WATER) this.source.pause();
    this.pump();
  }

  private pump(): void {
    clearTimeout(this.timer);
    for (let [piece] = this.waiting; piece !== undefined; [piece] = this.waiting) {
      if (this.isBlocked || this.condition.isStalled === true) return;
      const now = performance.now();
      if (piece.dueAt > now) {
        this.timer = setTimeout(() => this.pump(), piece.dueAt - now);
        return;
      }
      if (typeof piece.content === 'string') {
        this.waiting.shift();
        if (piece.content === 'end') this.target.end();
        else reset(this.target);
        return;
      }
      const size = Math.min(piece.content.length, this.mayWrite(now));
      if (size === 0) {
        const [least, most] = TRICKLE_MS;
        this.timer = setTimeout(() => this.pump(), least + this.random() * (most - least));
        return;
      }
      this.write(piece.content, piece.dueAt, size);
    }
  }

  private write(bytes: Buffer, dueAt: number, size: number): void {
    if (size === bytes.length) this.waiting.shift();
    else this.waiting[0] = { content: bytes.subarray(size), dueAt };
    this.waitingBytes -= size;
    this.allowed -= size;
    this.isBlocked = !this.target.write(bytes.subarray(0, size));
    if (this.waitingBytes <= LOW_WATER && this.source.isPaused()) this.source.resume();
  }

  private mayWrite(now: number): number {
    const { bytesPerSecond } = this.condition;
    if (bytesPerSecond === undefined) return Number.POSITIVE_INFINITY;
    const earned = ((now - this.countedAt) / 1000) * bytesPerSecond;
    this.countedAt = now;
    // What nobody used for a second is not saved up.
    this.allowed = Math.min(bytesPerSecond, Math.max(0, this.allowed) + earned);
    return Math.floor(this.allowed);
  }
}

/** Breaks a connection off. Always followed by `close`. */
export function reset(socket: Socket): void {
  // While an end is under way libuv refuses to reset, and Node then never closes the socket.
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}
