import fc from 'fast-check';
import type { Kept } from './broker';
import { HistoryWindow, type WindowLimits } from './history-window';

/** A text of so many bytes that differs from its neighbours. */
function text(offset: number, bytes: number): string {
  return String.fromCharCode(97 + (offset % 26)).repeat(bytes);
}

/** What the window promises, the slow way: everything ever added, and which of it still counts. */
class Model {
  private readonly all: (Kept & { readonly at: number })[] = [];
  /** The first offset that was never evicted: what is gone once does not come back. */
  private first = 1;

  constructor(private readonly limits: WindowLimits) {}

  get last(): number {
    return this.all.length;
  }

  add(bytes: number, now: number): string {
    const added = text(this.last + 1, bytes);
    this.all.push({ text: added, offset: this.last + 1, bytes, at: now });
    this.look(now);
    return added;
  }

  since(offset: number, now: number): Kept[] | undefined {
    this.look(now);
    if (offset > this.last || offset + 1 < this.first) return undefined;
    return this.all.slice(offset);
  }

  private look(now: number): void {
    const { windowMessages, windowBytes, windowMs } = this.limits;
    const kept = (first: number) => this.all.slice(first - 1);
    const fits = (first: number): boolean =>
      kept(first).length <= windowMessages &&
      kept(first).reduce((sum, { bytes }) => sum + bytes, 0) <= windowBytes &&
      kept(first).every(({ at }) => now - at <= windowMs);
    while (!fits(this.first)) this.first += 1;
  }
}

const limits = fc.record({
  windowMessages: fc.integer({ min: 0, max: 150 }),
  windowBytes: fc.integer({ min: 0, max: 10_000 }),
  windowMs: fc.integer({ min: 0, max: 300 }),
});

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ add: fc.integer({ min: 1, max: 200 }) }) },
  { weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 100 }) }) },
  { weight: 3, arbitrary: fc.record({ back: fc.integer({ min: -2, max: 200 }) }) },
);

describe('HistoryWindow', () => {
  it('[H2] holds what a plain list would, whatever is published, looked at, and however time passes', () => {
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 400, size: 'max' }), (bounds, steps) => {
        const window = new HistoryWindow(bounds);
        const model = new Model(bounds);
        let now = 1_000;
        for (const each of steps) {
          if ('pass' in each) now += each.pass;
          else if ('add' in each) window.add(model.add(each.add, now), model.last, now);
          else {
            const offset = model.last - each.back;
            const replayed = window.since(offset, model.last, now);
            expect(replayed).toEqual(model.since(offset, now));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[H2] forgets by age with a look alone', () => {
    const window = new HistoryWindow({ windowMessages: 10, windowBytes: 1_000, windowMs: 100 });
    window.add(text(1, 10), 1, 0);
    window.add(text(2, 10), 2, 60);
    expect(window.since(0, 2, 100)).toHaveLength(2);
    expect(window.since(0, 2, 101)).toBeUndefined();
    expect(window.since(1, 2, 101)).toHaveLength(1);
    expect(window.size).toBe(1);
    expect(window.since(2, 2, 1_000)).toEqual([]);
    expect(window.size).toBe(0);
  });

  it('a replay that is being sent does not change when more is published', () => {
    const window = new HistoryWindow({ windowMessages: 100, windowBytes: 10_000, windowMs: 1_000 });
    for (let offset = 1; offset <= 100; offset += 1) window.add(text(offset, 10), offset, 0);
    const replay = window.since(0, 100, 0);
    for (let offset = 101; offset <= 300; offset += 1) window.add(text(offset, 10), offset, 0);
    expect(replay?.map(({ offset }) => offset)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('counts bytes as UTF-8 has them', () => {
    const window = new HistoryWindow({ windowMessages: 10, windowBytes: 1_000, windowMs: 100 });
    window.add('日本語', 1, 0);
    expect(window.bytes).toBe(9);
    window.clear();
    expect([window.bytes, window.since(0, 1, 0), window.since(1, 1, 0)]).toEqual([0, undefined, []]);
  });
});
