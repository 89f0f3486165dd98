import fc from 'fast-check';
import { focusPlaces, gridPlaces, type Place } from './tile-places';

const stages = fc.record({ width: fc.integer({ min: 240, max: 2600 }), height: fc.integer({ min: 160, max: 1600 }) });
const counts = fc.integer({ min: 1, max: 20 });

function overlaps(one: Place, other: Place): boolean {
  const apart = (from: number, size: number, at: number, length: number): boolean =>
    from + size <= at + 0.01 || at + length <= from + 0.01;
  return !(apart(one.left, one.width, other.left, other.width) || apart(one.top, one.height, other.top, other.height));
}

function expectApart(places: readonly Place[], width: number): void {
  for (const [index, place] of places.entries()) {
    expect(place.left).toBeGreaterThanOrEqual(-0.01);
    expect(place.top).toBeGreaterThanOrEqual(-0.01);
    expect(place.left + place.width).toBeLessThanOrEqual(width + 0.01);
    for (const other of places.slice(index + 1)) expect(overlaps(place, other)).toBe(false);
  }
}

describe('tile places', () => {
  it('in a grid never cover each other, and are no wider than the stage', () => {
    fc.assert(
      fc.property(counts, stages, (count, stage) => {
        const places = gridPlaces(count, stage);
        expect(places).toHaveLength(count);
        expectApart(places, stage.width);
        for (const { width, height } of places) expect(height).toBeLessThanOrEqual(width * 2 + 200);
      }),
    );
  });

  it('with one large never cover each other, and stay on the stage', () => {
    fc.assert(
      fc.property(counts, stages, fc.nat(), (count, stage, which) => {
        const main = which % count;
        const places = focusPlaces(count, main, stage);
        expect(places).toHaveLength(count);
        expectApart(places, stage.width);
        for (const { top, height } of places) expect(top + height).toBeLessThanOrEqual(stage.height + 0.01);
        const areas = places.map(({ width, height }) => width * height);
        expect(Math.max(...areas)).toBe(areas[main]);
      }),
    );
  });

  it('put two people beside each other on a wide stage, and below each other on a phone', () => {
    const [one, other] = gridPlaces(2, { width: 1000, height: 600 });
    expect(one?.top).toBe(other?.top);
    const [above, below] = gridPlaces(2, { width: 380, height: 620 });
    expect(above?.left).toBe(below?.left);
  });
});
