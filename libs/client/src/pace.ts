import type { Clock } from './clock';
import type { Settings } from './settings';
import { TokenBucket } from './token-bucket';

/** Milliseconds without being limited after which sending speeds up again. */
const RECOVERY_MS = 10_000;

/** A pause when the server names none, in milliseconds. */
const DEFAULT_PAUSE_MS = 1_000;

/**
 * When the next frame may be sent: a token bucket below the server's own (L1). Where the server limits all the same, it
 * halves the rate and lets one message of a topic go at a time: with several under way, the server could refuse one and
 * then take the next, and their order would be lost.
 */
export class Pace {
  readonly #full: Settings['rate'];
  readonly #clock: Clock;
  readonly #ready: () => void;
  readonly #bucket: TokenBucket;
  #perSecond: number;
  #pausedUntil = 0;
  #limitedAt = 0;
  #cancelTimer: (() => void) | undefined;

  /** @param ready called when sending is possible again after {@link take} said no */
  constructor(rate: Settings['rate'], clock: Clock, ready: () => void) {
    this.#full = rate;
    this.#clock = clock;
    this.#ready = ready;
    this.#bucket = new TokenBucket(rate, clock.now());
    this.#perSecond = rate.perSecond;
  }

  /** Messages of one topic that may wait for their ack at the same time. */
  get inFlight(): number {
    return this.#isSlowed ? 1 : this.#full.inFlight;
  }

  /** Takes the right to send one frame. If there is none now, `ready` will be called. */
  take(): boolean {
    const now = this.#clock.now();
    if (this.#isSlowed && now - this.#limitedAt >= RECOVERY_MS) {
      this.#perSecond = Math.min(this.#full.perSecond, this.#perSecond * 2);
      this.#limitedAt = now;
      this.#bucket.change(this.#perSecond, now);
    }
    if (now >= this.#pausedUntil && this.#bucket.take(now)) return true;
    this.#callBackIn(Math.max(this.#bucket.wait(now), this.#pausedUntil - now));
    return false;
  }

  /** The server refused a frame for its rate. @param retryAfter milliseconds */
  limited(retryAfter: number | undefined): void {
    const now = this.#clock.now();
    // Several frames of one burst are refused together; that is one reason to slow down, not many.
    if (now >= this.#pausedUntil) this.#perSecond = Math.max(1, this.#perSecond / 2);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.max(1, retryAfter ?? DEFAULT_PAUSE_MS));
    this.#limitedAt = now;
    this.#bucket.restart(this.#perSecond, 1, now);
    this.#callBackIn(this.#pausedUntil - now);
  }

  /** A new connection: the server counts from the beginning. */
  restart(): void {
    this.stop();
    this.#pausedUntil = 0;
    this.#bucket.restart(this.#perSecond, this.#isSlowed ? 1 : this.#full.burst, this.#clock.now());
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  get #isSlowed(): boolean {
    return this.#perSecond < this.#full.perSecond;
  }

  #callBackIn(ms: number): void {
    this.stop();
    this.#cancelTimer = this.#clock.after(Math.max(1, Math.ceil(ms)), () => {
      this.#cancelTimer = undefined;
      this.#ready();
    });
  }
}
