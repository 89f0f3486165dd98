import type { VideoLevel } from '../media-engine';
import type { LinkQuality } from './link-quality';

/** How hard it is for our own video to reach one peer, at one moment. */
export interface Strain {
  readonly limitedBy: LinkQuality['limitedBy'];
  /** Of what we sent, 0 to 100. */
  readonly lossPercent: number;
  readonly rttMs: number | undefined;
  readonly availableKbps: number | undefined;
}

/** From most to least. */
const levels = ['full', 'reduced', 'low', 'paused'] as const satisfies readonly VideoLevel[];

/** No two changes come closer: an encoder needs so long to settle, and an eye to follow. Milliseconds. */
const APART_MS = 5_000;

/** Trouble has to last so long: shorter is the start of a call, in which the bitrate is still on its way up. */
const DOWN_MS = { some: 4_000, severe: 2_000 } as const;

/** So long all has to be well before one step up is tried. Doubles each time that the step up did not last. */
const UP_MS = { first: 10_000, longest: 160_000 } as const;

/** A step up that lasts so long was no mistake. Longer than the trouble that it could bring needs to be seen. */
const LASTS_MS = 20_000;

/**
 * A link that is given less than this cannot carry the level beside its sound, kbit/s. Picture gives way, so that the
 * sound stays. Of `low` on the smallest share a mesh gives; `paused` needs nothing.
 */
const NEEDS_KBPS: Readonly<Record<VideoLevel, number>> = { full: 250, reduced: 130, low: 80, paused: 0 };

/** Congestion control lowers the bitrate above 10 % of loss and raises it below 2 % (draft-ietf-rmcat-gcc-02 §6). */
const LOSS = { severe: 10, well: 2 } as const;

/** Even over a satellite it takes no longer: what does is a queue that fills up. Milliseconds. */
const QUEUED_RTT_MS = 1_000;

type Trouble = 'none' | 'little' | 'some' | 'severe';

/**
 * How much of one's own camera goes out: it gives way before the sound does. The same for all peers, as what is short is
 * mostly one's own processor or way up; a single peer with a bad way down is left to the browser's congestion control,
 * which treats each connection for itself.
 *
 * Down: a step after 4 s of trouble (the processor is short, or more than half of the links cannot carry the level), two
 * steps at a time after 2 s of severe trouble (more than 10 % of loss, or not even enough for the lowest level). Up: one
 * step after 10 s in which all was well, then 20, 40, up to 160 s where steps up did not last. Always at least 5 s apart.
 */
export class VideoLadder {
  #step = 0;
  #changedAt = -Infinity;
  #upAt: number | undefined;
  #patience: number = UP_MS.first;
  #troubledSince: number | undefined;
  #severeSince: number | undefined;
  #wellSince: number | undefined;

  get level(): VideoLevel {
    return levels[this.#step] ?? 'paused';
  }

  /**
   * @param strains of every connected link; with none, nothing goes out, and all is well
   * @param atMs now, milliseconds; it never goes back
   */
  next(strains: readonly Strain[], atMs: number): VideoLevel {
    const trouble = overall(strains, this.level);
    this.#troubledSince = trouble === 'some' || trouble === 'severe' ? (this.#troubledSince ?? atMs) : undefined;
    this.#severeSince = trouble === 'severe' ? (this.#severeSince ?? atMs) : undefined;
    this.#wellSince = trouble === 'none' ? (this.#wellSince ?? atMs) : undefined;
    if (this.#upAt !== undefined && atMs - this.#upAt >= LASTS_MS) {
      this.#upAt = undefined;
      this.#patience = UP_MS.first;
    }
    if (atMs - this.#changedAt >= APART_MS) this.#decide(atMs);
    return this.level;
  }

  #decide(atMs: number): void {
    const lasts = (since: number | undefined, ms: number): boolean => since !== undefined && atMs - since >= ms;
    if (lasts(this.#severeSince, DOWN_MS.severe)) this.#down(2, atMs);
    else if (lasts(this.#troubledSince, DOWN_MS.some)) this.#down(1, atMs);
    else if (lasts(this.#wellSince, this.#patience)) this.#up(atMs);
  }

  #down(steps: number, atMs: number): void {
    const to = Math.min(levels.length - 1, this.#step + steps);
    if (to === this.#step) return;
    // It was tried too soon: a step up is followed by trouble again and again where the network is just short of it.
    if (this.#upAt !== undefined) this.#patience = Math.min(UP_MS.longest, this.#patience * 2);
    this.#upAt = undefined;
    this.#step = to;
    this.#changed(atMs);
  }

  #up(atMs: number): void {
    if (this.#step === 0) return;
    this.#step -= 1;
    this.#upAt = atMs;
    this.#changed(atMs);
  }

  /** What was before says nothing of the new level. */
  #changed(atMs: number): void {
    this.#changedAt = atMs;
    this.#troubledSince = undefined;
    this.#severeSince = undefined;
    this.#wellSince = undefined;
  }
}

function overall(strains: readonly Strain[], level: VideoLevel): Trouble {
  // While paused, what is said of the encoder is of before.
  if (level !== 'paused' && strains.some(({ limitedBy }) => limitedBy === 'cpu')) return 'some';
  const troubles = strains.map((strain) => troubleOf(strain, level));
  const most = (kinds: readonly Trouble[]): boolean =>
    troubles.filter((trouble) => kinds.includes(trouble)).length * 2 > troubles.length;
  if (most(['severe'])) return 'severe';
  if (most(['severe', 'some'])) return 'some';
  return troubles.every((trouble) => trouble === 'none') ? 'none' : 'little';
}

function troubleOf(
  { limitedBy, lossPercent, rttMs = 0, availableKbps = Infinity }: Strain,
  level: VideoLevel,
): Trouble {
  if (lossPercent > LOSS.severe || availableKbps < Math.min(NEEDS_KBPS.low, NEEDS_KBPS[level])) return 'severe';
  if (rttMs > QUEUED_RTT_MS || availableKbps < NEEDS_KBPS[level]) return 'some';
  // Every encoder that starts is limited for a while. It counts where the browser gives no figure to judge by.
  if (limitedBy === 'bandwidth' && availableKbps === Infinity && level !== 'paused') return 'some';
  return lossPercent < LOSS.well ? 'none' : 'little';
}
