import { topmostAt } from '../hit-test';
import type { Gesture, Sample, Surroundings, Tool } from './tool';

/** CSS pixels that a pointer may move while it clicks. */
const STILL = 8;
const SLACK = 5;

export interface WordsToBegin {
  /** A note is written where a text is, too; a text in the note on which one clicks. */
  readonly kind: 'text' | 'note';
  /** Goes on writing in a shape. */
  readonly resume: (id: string) => void;
  readonly begin: (at: Sample) => void;
}

/** Begins to write where one clicks: in the words that are there, else in new ones. */
export function touchWords(words: WordsToBegin): Tool {
  return (at, around) => new Click(at, around, words);
}

class Click implements Gesture {
  readonly #at: Sample;
  readonly #around: Surroundings;
  readonly #words: WordsToBegin;
  #isStill = true;

  constructor(at: Sample, around: Surroundings, words: WordsToBegin) {
    this.#at = at;
    this.#around = around;
    this.#words = words;
  }

  move(samples: readonly Sample[]): void {
    const { x, y } = this.#at;
    if (samples.some((at) => Math.hypot(at.x - x, at.y - y) > STILL * this.#around.pixel)) this.#isStill = false;
  }

  end(): readonly string[] {
    if (!this.#isStill) return [];
    const { index, page, pixel } = this.#around;
    const hit = topmostAt(index, page, this.#at, SLACK * pixel);
    const isThere = hit?.kind === 'note' || (hit?.kind === 'text' && this.#words.kind === 'text');
    if (hit !== undefined && isThere) this.#words.resume(hit.id);
    else this.#words.begin(this.#at);
    return [];
  }

  cancel(): void {
    this.#isStill = false;
  }
}
