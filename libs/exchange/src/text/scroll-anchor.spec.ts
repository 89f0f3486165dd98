import fc from 'fast-check';
import { END_SLACK, followsAfterScroll, keepAnchor, pickAnchor, type RowPlace } from './scroll-anchor';

function layOut(heights: readonly number[], firstKey = 0): RowPlace[] {
  let top = 0;
  return heights.map((height, index) => {
    const place = { key: `row-${firstKey + index}`, top, bottom: top + height };
    top += height;
    return place;
  });
}

const heights = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });

describe('scroll anchor', () => {
  it('keeps the row in view where it is on the screen, whatever is added or changes its height above', () => {
    fc.assert(
      fc.property(heights, heights, fc.nat(), fc.integer({ min: -200, max: 200 }), (old, added, at, scrolled) => {
        const before = layOut(old, added.length);
        const scrollTop = at % (before.at(-1)?.bottom ?? 1);
        const anchor = pickAnchor(before, scrollTop);
        const after = layOut([...added, ...old]);
        const topNow = after.find(({ key }) => key === anchor?.key)?.top;
        if (anchor === undefined || topNow === undefined) throw new Error('there is always a row');
        // The reader goes on scrolling between the change and the correction.
        const corrected = keepAnchor(anchor, topNow, scrollTop + scrolled);
        expect(topNow - corrected).toBe(anchor.top - (scrollTop + scrolled));
      }),
    );
  });

  it('is the first row of which anything can be seen', () => {
    const rows = layOut([100, 100, 100]);
    expect(pickAnchor(rows, 0)?.key).toBe('row-0');
    expect(pickAnchor(rows, 99)?.key).toBe('row-0');
    expect(pickAnchor(rows, 100)?.key).toBe('row-1');
    expect(pickAnchor(rows, 900)?.key).toBe('row-2');
    expect(pickAnchor([], 0)).toBeUndefined();
  });

  it('follows who comes near the end, and lets go of who scrolls up by a pixel or two', () => {
    const box = { clientHeight: 500, scrollHeight: 2000 };
    const end = { ...box, scrollTop: 1500 };
    const at = (scrollTop: number) => ({ ...box, scrollTop });
    expect(followsAfterScroll(at(1500 - END_SLACK), at(1000), false)).toBe(true);
    expect(followsAfterScroll(at(1500 - END_SLACK - 1), at(1000), false)).toBe(false);
    expect(followsAfterScroll(at(1496), end, true)).toBe(false);
    expect(followsAfterScroll(end, end, true)).toBe(true);
  });

  it('goes on following when the browser scrolls because a size has changed', () => {
    const end = { clientHeight: 500, scrollHeight: 2000, scrollTop: 1500 };
    expect(followsAfterScroll({ ...end, scrollHeight: 2600 }, end, true)).toBe(true);
    expect(followsAfterScroll({ ...end, clientHeight: 300, scrollTop: 1300 }, end, true)).toBe(true);
    expect(followsAfterScroll({ ...end, scrollHeight: 1400, scrollTop: 900 }, end, true)).toBe(true);
    expect(followsAfterScroll({ ...end, clientHeight: 300, scrollTop: 1300 }, end, false)).toBe(false);
  });
});
