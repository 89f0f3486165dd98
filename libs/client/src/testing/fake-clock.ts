import type { Clock } from '../clock';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to advance. */
export class FakeClock implements Clock {
  #now: number;
  #tasks: Task[] = [];

  constructor(startsAt = Date.UTC(2026, 0, 1)) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + ms, run };
    this.#tasks.push(task);
    return () => {
      this.#tasks = this.#tasks.filter((each) => each !== task);
    };
  }

  /** Timers that have neither run nor been taken back. */
  get pending(): number {
    return this.#tasks.length;
  }

  /** Lets time pass: runs every timer that comes due, in order, and whatever promises follow from each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let task = this.#next(end); task !== undefined; task = this.#next(end)) {
      this.#now = Math.max(this.#now, task.at);
      task.run();
      await settled();
    }
    this.#now = end;
  }

  #next(end: number): Task | undefined {
    let next: Task | undefined;
    for (const task of this.#tasks) if (task.at <= end && (next === undefined || task.at < next.at)) next = task;
    if (next !== undefined) this.#tasks = this.#tasks.filter((task) => task !== next);
    return next;
  }
}

/** Resolves once every promise that can go on has done so: a turn of the event loop comes after all of them. */
function settled(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (run: () => void) => unknown };
  return new Promise((resolve) => {
    if (setImmediate === undefined) setTimeout(resolve, 0);
    else setImmediate(resolve);
  });
}
