import { asError } from './as-error';
import { isKeptMessage, type KeptMessage, type MessageKeep } from './message-keep';

/** What waits, where it outlives the page. It never throws: what fails is reported, and the client goes on in memory. */
export class KeptQueue {
  readonly #keep: MessageKeep | undefined;
  readonly #report: (error: Error) => void;
  #userId: string | undefined;
  /** A full storage fails at every message; hearing of it once is enough. */
  #fails = false;

  constructor(keep: MessageKeep | undefined, report: (error: Error) => void) {
    this.#keep = keep;
    this.#report = report;
  }

  /**
   * From now on for this user.
   *
   * @returns what is kept for them; undefined where that cannot be known
   */
  open(userId: string): readonly KeptMessage[] | undefined {
    this.#userId = userId;
    const found = this.#try((keep) => keep.read(userId));
    const usable = found?.filter(isKeptMessage);
    if (usable?.length !== found?.length) {
      this.#report(new Error('Something was kept that is of no use to this user. It was dropped.'));
    }
    return usable;
  }

  /** @returns whether it is kept */
  add(message: KeptMessage): boolean {
    const userId = this.#userId;
    if (userId === undefined) return false;
    const isKept = this.#try((keep) => {
      keep.add(userId, message);
      return true;
    });
    if (isKept === true) this.#fails = false;
    return isKept === true;
  }

  remove(topic: string, id: string): void {
    this.#try((keep) => keep.remove(topic, id));
  }

  /** Nobody's queue from now on. */
  clear(): void {
    this.#userId = undefined;
    this.#try((keep) => keep.clear());
  }

  #try<T>(run: (keep: MessageKeep) => T): T | undefined {
    if (this.#keep === undefined) return undefined;
    try {
      return run(this.#keep);
    } catch (error) {
      if (!this.#fails) this.#report(asError(error));
      this.#fails = true;
      return undefined;
    }
  }
}
