import fc from 'fast-check';
import { MutedSpeech, Speaking } from './speaking';

/** Feeds a level for some time, twelve times a second, and says what came of it last. */
function feed(speaking: Speaking, level: number, from: number, ms: number): boolean {
  let last = speaking.speaking;
  for (let at = from; at <= from + ms; at += 80) last = speaking.next(level, at);
  return last;
}

describe('Speaking', () => {
  it('begins once it was loud for a while, and ends once it was quiet for longer', () => {
    const speaking = new Speaking();
    expect(speaking.next(0.6, 0)).toBe(false);
    expect(feed(speaking, 0.6, 80, 160)).toBe(true);
    expect(feed(speaking, 0, 400, 400)).toBe(true);
    expect(feed(speaking, 0, 880, 400)).toBe(false);
  });

  it('does not take a knock for speech, nor a pause between words for its end', () => {
    const speaking = new Speaking();
    expect(speaking.next(1, 0)).toBe(false);
    expect(feed(speaking, 0, 80, 400)).toBe(false);
    feed(speaking, 0.7, 1_000, 400);
    expect(feed(speaking, 0, 1_500, 500)).toBe(true);
    expect(feed(speaking, 0.7, 2_080, 80)).toBe(true);
    expect(feed(speaking, 0, 2_240, 500)).toBe(true);
  });

  it('does not flicker where the level trembles about one of the thresholds', () => {
    const speaking = new Speaking();
    feed(speaking, 0.35, 0, 400);
    for (let at = 480; at < 10_000; at += 80) expect(speaking.next(at % 160 === 0 ? 0.31 : 0.21, at)).toBe(true);
  });

  it('never changes twice within the shorter of its times', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 200 }), (levels) => {
        const speaking = new Speaking({ attackMs: 150, releaseMs: 700 });
        let [before, changedAt] = [false, -Infinity];
        levels.forEach((level, index) => {
          const now = speaking.next(level, index * 80);
          if (now === before) return;
          expect(index * 80 - changedAt).toBeGreaterThanOrEqual(150);
          [before, changedAt] = [now, index * 80];
        });
      }),
    );
  });
});

describe('MutedSpeech', () => {
  function says(muted: MutedSpeech, from: number, to: number): number[] {
    const said: number[] = [];
    for (let at = from; at <= to; at += 100) if (muted.next(true, true, at)) said.push(at);
    return said;
  }

  it('says it once to whoever speaks for more than a second while muted', () => {
    expect(says(new MutedSpeech(), 0, 5_000)).toEqual([1_100]);
  });

  it('says nothing for a short word, nor to whoever is heard', () => {
    const muted = new MutedSpeech();
    expect(says(muted, 0, 900)).toEqual([]);
    expect(muted.next(false, true, 950)).toBe(false);
    expect(says(muted, 1_000, 1_900)).toEqual([]);
    for (let at = 2_000; at < 9_000; at += 100) expect(muted.next(true, false, at)).toBe(false);
  });

  it('says it again after 20 seconds, not sooner', () => {
    const muted = new MutedSpeech();
    expect(says(muted, 0, 30_000)).toEqual([1_100, 21_100]);
  });
});
