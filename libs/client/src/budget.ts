import { BehaviorSubject } from 'rxjs';
import type { Settings } from './settings';

/** What all topics together keep in memory until it is acknowledged. */
export class Budget {
  readonly messages = new BehaviorSubject(0);
  readonly #limits: Settings['queue'];
  #characters = 0;

  constructor(limits: Settings['queue']) {
    this.#limits = limits;
  }

  /** Whether there was room; if so, it is taken. */
  take(characters: number): boolean {
    const fits =
      this.messages.value < this.#limits.messages && this.#characters + characters <= this.#limits.characters;
    if (!fits) return false;
    this.#characters += characters;
    this.messages.next(this.messages.value + 1);
    return true;
  }

  giveBack(characters: number): void {
    this.#characters -= characters;
    this.messages.next(this.messages.value - 1);
  }
}
