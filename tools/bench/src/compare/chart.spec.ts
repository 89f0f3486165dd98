import { JSDOM } from 'jsdom';
import { chartOf } from './chart';
import { madeUp } from './made-up.fixture';
import { scaleFor } from './ticks';

function drawn(): Document {
  return new JSDOM(chartOf(madeUp()), { contentType: 'image/svg+xml' }).window.document;
}

describe('a chart', () => {
  it('has a title, and its figures in words for whoever does not see it', () => {
    const { documentElement: svg } = drawn();
    expect(svg.querySelector('title')?.textContent).toBe('Everyone hears everyone <café & 日本語>');
    expect(svg.querySelector('desc')?.textContent).toBe(
      'deliveries a CPU second: parley 1.25 M (1.2 M – 1.3 M); socket.io 84 k (80 k – 90 k); redis | café 750 k (700 k – 900 k). ' +
        'p99: parley 4.2 ms (4 ms – 5.5 ms); socket.io 20.5 ms (18 ms – 31 ms).',
    );
    expect(svg.getAttribute('aria-labelledby')).toBe('title desc');
  });

  it('has a bar for each contender of each figure, as long as its median, ours apart', () => {
    const groups = [...drawn().querySelectorAll('g')];
    expect(groups.map((group) => group.querySelector('text')?.textContent)).toEqual([
      ...['parley', 'socket.io', 'redis | café'],
      ...['parley', 'socket.io'],
    ]);
    expect(groups.map((group) => group.getAttribute('class') === 'ours')).toEqual([true, false, false, true, false]);
    const lengths = groups.map((group) => Number(group.querySelector('rect')?.getAttribute('width')));
    expect(lengths[2]! / lengths[0]!).toBeCloseTo(750_000 / 1_250_000, 2);
  });

  it('stays within its picture', () => {
    const svg = drawn().documentElement;
    const [, , width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
    for (const text of svg.querySelectorAll('text[x]')) {
      expect(Number(text.getAttribute('x'))).toBeLessThan(width);
      expect(Number(text.getAttribute('y'))).toBeLessThan(height);
    }
  });
});

describe('an axis', () => {
  it('begins at 0 and ends past the largest value, at a round number', () => {
    const scale = scaleFor([100, 1_250], 1_300);
    expect(scale).toMatchObject({ logarithmic: false, ticks: [0, 500, 1_000, 1_500] });
    expect([0, 750, 1_500].map((value) => scale.at(value))).toEqual([0, 0.5, 1]);
  });

  it('is logarithmic from the power of ten below the smallest where the medians are far apart', () => {
    const scale = scaleFor([30, 1_250], 1_300);
    expect(scale).toMatchObject({ logarithmic: true, ticks: [10, 100, 1_000, 10_000] });
    expect(scale.at(100)).toBeCloseTo(1 / 3);
    expect(scale.at(3)).toBe(0);
  });

  it('is there even when nothing was measured but zeros', () => {
    expect(scaleFor([0, 0], 0).ticks.length).toBeGreaterThan(1);
    expect(scaleFor([0, 0], 0).at(0)).toBe(0);
  });
});
