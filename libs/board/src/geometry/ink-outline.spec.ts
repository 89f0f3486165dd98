import type { InkShape } from '../scene/shape';
import { outlineOf } from './ink-outline';

const ink: InkShape = {
  id: 'i',
  page: 'board',
  author: 'ann',
  kind: 'ink',
  x: 10,
  y: 20,
  width: 100,
  height: 50,
  angle: 0,
  z: 1,
  colour: 'ink',
  size: 2,
  highlight: false,
  points: Float32Array.of(0, 0, 0.5, 20, 5, 0.5, 40, 10, 0.5),
  inkWidth: 40,
  inkHeight: 10,
};

describe('the outline of ink', () => {
  it('fills the box that it is stretched to', () => {
    const xs = outlineOf(ink).map(({ x }) => x);
    expect(Math.max(...xs)).toBeGreaterThan(105);
    expect(Math.min(...xs)).toBeLessThan(15);
  });

  it.each([0, 1e-300, Number.MIN_VALUE, -40])('is made of numbers, also of ink that is %s wide and high', (side) => {
    const outline = outlineOf({ ...ink, inkWidth: side, inkHeight: side });
    expect(outline.length).toBeGreaterThan(3);
    expect(outline.filter(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y))).toEqual([]);
  });
});
