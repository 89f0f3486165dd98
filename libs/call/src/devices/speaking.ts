/** Levels are those of {@link meterLevel}: 0 to 1. Times in milliseconds. */
export interface SpeakingOptions {
  /** From here up it may be speech: 0.3 is -42 dB, about a quiet voice behind a browser's gain control. */
  readonly on: number;
  /** Below this it is none. The gap to `on` keeps a level that trembles about one of them from flickering. */
  readonly off: number;
  /** So long it has to be loud: a knock on the table is shorter. */
  readonly attackMs: number;
  /** So long it has to be quiet: pauses between words are shorter. */
  readonly releaseMs: number;
}

const defaults: SpeakingOptions = { on: 0.3, off: 0.2, attackMs: 150, releaseMs: 700 };

/** Tells from levels whether someone speaks. */
export class Speaking {
  readonly #options: SpeakingOptions;
  #speaking = false;
  /** Since when the level has asked for the other answer. */
  #since: number | undefined;

  constructor(options: Partial<SpeakingOptions> = {}) {
    this.#options = { ...defaults, ...options };
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /**
   * @param level 0 to 1
   * @param atMs when it was measured; it never goes back
   * @returns whether they speak now
   */
  next(level: number, atMs: number): boolean {
    const { on, off, attackMs, releaseMs } = this.#options;
    const other = this.#speaking ? level < off : level >= on;
    if (!other) {
      this.#since = undefined;
      return this.#speaking;
    }
    this.#since ??= atMs;
    if (atMs - this.#since >= (this.#speaking ? releaseMs : attackMs)) {
      this.#speaking = !this.#speaking;
      this.#since = undefined;
    }
    return this.#speaking;
  }
}

/** So long someone has to speak before they are told that nobody hears them. Milliseconds. */
const MUTED_SPEECH_MS = 1_000;

/** Whoever was told knows: someone talking to a person beside them must not be told all the time. Milliseconds. */
const MUTED_SPEECH_PAUSE_MS = 20_000;

/** When to say "you are muted". */
export class MutedSpeech {
  #since: number | undefined;
  #saidAt: number | undefined;

  /**
   * @param speaking what {@link Speaking} says of a clone of the muted track
   * @param muted whether the microphone is off for the others
   * @param atMs now; it never goes back
   * @returns true once, at the moment to say it
   */
  next(speaking: boolean, muted: boolean, atMs: number): boolean {
    if (!speaking || !muted) {
      this.#since = undefined;
      return false;
    }
    this.#since ??= atMs;
    if (atMs - this.#since <= MUTED_SPEECH_MS) return false;
    if (this.#saidAt !== undefined && atMs - this.#saidAt < MUTED_SPEECH_PAUSE_MS) return false;
    this.#saidAt = atMs;
    return true;
  }
}
