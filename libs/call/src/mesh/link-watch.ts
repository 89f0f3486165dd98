import type { Clock } from '@parley/client';
import type { MediaState, MediaTrouble } from '../media-engine';

/** Milliseconds from the first attempt after which a connection that never worked is said to have failed. */
const CONNECT_MS = 8_000;

/** The same for one that worked before, and is being mended. */
const MEND_MS = 12_000;

/** Milliseconds without a packet, after a steady flow, from which on the path counts as broken. */
const SILENCE_MS = 1_500;

/** The same before the flow was seen to be steady: a connection that has just begun speaks more seldom. */
const FIRST_SILENCE_MS = 2_500;

/** Milliseconds between two looks at the flow. */
const LOOK_MS = 300;

/** Milliseconds from one look to the next after which the page itself was held up; hidden pages look once a second. */
const HELD_UP_MS = 2_000;

/** Milliseconds by which the polite side leaves the restart to the other: mostly both notice at the same time. */
const POLITE_MS = 600;

/** Milliseconds to the second restart; each further one takes half as long again, up to the last. */
const AGAIN_MS = 2_500;
const LONGEST_AGAIN_MS = 10_000;

/** Restarts of ICE that do not help, after which the whole connection is made anew. */
const RESTARTS = 3;

export interface LinkWatchOptions {
  readonly polite: boolean;
  readonly clock: Clock;
  /** Grows with each packet, or at least whenever some came since it was last asked; undefined while none did. */
  readonly newestPacket: () => number | undefined;
  /** Seeks a path anew (ICE restart). */
  readonly restart: () => void;
  /** Makes the connection anew. */
  readonly startOver: () => void;
  /** Why it may not have worked, as far as known. */
  readonly trouble: () => MediaTrouble;
  readonly changed: () => void;
}

/**
 * Decides how a link is, and when its path is sought anew: when the browser says that it is broken, or before, when a
 * steady flow of packets stops (the browser takes some seconds to say so). It never gives up.
 */
export class LinkWatch {
  state: MediaState = 'connecting';
  /** Since when what worked does not; undefined while it works, or never did. */
  lostAt: number | undefined;
  private stopTimers: (() => void)[] = [];
  private readonly stopLooking: () => void;
  private attempts = 0;
  private works = false;
  /** Attempts follow one another already. */
  private tries = false;
  private worked = false;
  private flow: { readonly packetAt: number; readonly seenAt: number; readonly steady: boolean } | undefined;
  private closed = false;
  private browserSays: RTCPeerConnectionState = 'new';
  /** The newest packet when the path broke. */
  private brokenAt = -Infinity;
  private lookedAt: number;

  constructor(private readonly options: LinkWatchOptions) {
    this.lookedAt = options.clock.now();
    this.stopLooking = this.every(LOOK_MS, () => this.look());
    this.begin(CONNECT_MS);
  }

  get trouble(): MediaTrouble | undefined {
    return this.state === 'failed' ? this.options.trouble() : undefined;
  }

  /** The connection is about to be another one: what was known of the one before is over. */
  anew(): void {
    this.browserSays = 'new';
    this.flow = undefined;
    if (!this.works) return;
    this.lose();
    this.after(AGAIN_MS, () => this.attempt());
  }

  /** For `connectionstatechange`. */
  connection(state: RTCPeerConnectionState): void {
    this.browserSays = state;
    if (state === 'connected') this.mended();
    else if (state === 'disconnected' || state === 'failed') this.broken();
  }

  /** Nothing can come of waiting, for example since the relay refused the credentials. */
  hopeless(): void {
    if (this.works || this.state === 'failed') return;
    this.set('failed');
  }

  /** The network may have changed: a path that is broken, or none yet, is sought at once. */
  networkChanged(): void {
    if (this.works) return;
    this.attempts = 0;
    this.cancel();
    this.begin(this.worked ? MEND_MS : CONNECT_MS);
    this.attempt();
  }

  close(): void {
    this.closed = true;
    this.stopLooking();
    this.cancel();
  }

  private mended(): void {
    this.works = true;
    this.worked = true;
    this.attempts = 0;
    this.flow = undefined;
    this.lostAt = undefined;
    this.cancel();
    this.set('connected');
  }

  private broken(): void {
    if (!this.works) return;
    this.lose();
    this.after(this.options.polite ? POLITE_MS : 0, () => this.attempt());
  }

  private lose(): void {
    this.works = false;
    this.flow = undefined;
    this.lostAt = this.options.clock.now();
    this.tries = true;
    this.brokenAt = this.options.newestPacket() ?? -Infinity;
    this.set('reconnecting');
    this.begin(MEND_MS);
  }

  /** Counts the time to `failed`, and the first further attempt where nothing else brings one. */
  private begin(patience: number): void {
    this.after(patience, () => {
      this.set('failed');
      if (!this.tries) this.attempt();
    });
  }

  private attempt(): void {
    if (this.works || this.closed) return;
    this.tries = true;
    this.attempts += 1;
    if (this.attempts % (RESTARTS + 1) === 0) this.options.startOver();
    else this.options.restart();
    this.after(Math.min(AGAIN_MS * 1.5 ** (this.attempts - 1), LONGEST_AGAIN_MS), () => this.attempt());
  }

  private look(): void {
    const now = this.options.clock.now();
    // A page that was held up itself has seen nothing, which says nothing.
    const heldUp = now - this.lookedAt > HELD_UP_MS;
    this.lookedAt = now;
    const packetAt = this.options.newestPacket();
    if (packetAt === undefined) return;
    if (!this.works) {
      // The browser may have held the path for good all the time, and then says nothing when it works again.
      if (this.browserSays !== 'connected' || packetAt <= this.brokenAt) return;
      this.mended();
      this.flow = { packetAt, seenAt: now, steady: true };
      return;
    }
    const { flow } = this;
    if (flow?.packetAt !== packetAt) {
      const steady = now - (flow?.seenAt ?? -Infinity) < HELD_UP_MS;
      this.flow = { packetAt, seenAt: now, steady };
    } else if (heldUp) this.flow = { ...flow, seenAt: now };
    else if (now - flow.seenAt >= (flow.steady ? SILENCE_MS : FIRST_SILENCE_MS)) this.broken();
  }

  private set(state: MediaState): void {
    if (this.state === state || this.closed) return;
    this.state = state;
    this.options.changed();
  }

  private after(ms: number, run: () => void): void {
    this.stopTimers.push(this.options.clock.after(ms, run));
  }

  private cancel(): void {
    this.tries = false;
    for (const stop of this.stopTimers.splice(0)) stop();
  }

  private every(ms: number, run: () => void): () => void {
    let stop = (): void => undefined;
    const again = (): void => {
      stop = this.options.clock.after(ms, () => {
        again();
        run();
      });
    };
    again();
    return () => stop();
  }
}
