import { boundsOf, centreOf, type Scene, type Shape } from '@parley/board';
import fc from 'fast-check';
import { isHit, shapesWithin, topmostAt, touchedBy } from './hit-test';
import { emptyScene } from './testing/scene';
import { arrow, ink, rectangle, words } from './testing/shapes';
import { ShapeIndex } from './tiles/shape-index';

function indexed(...shapes: Shape[]): { scene: Scene; index: ShapeIndex } {
  const scene = emptyScene();
  const index = new ShapeIndex(scene);
  scene.changes.subscribe((change) => index.apply(change));
  scene.add(shapes);
  return { scene, index };
}

describe('what is at a point', () => {
  it('is the topmost of several, and what is below once that is gone', () => {
    const { scene, index } = indexed(words({ id: 'low' }), words({ id: 'high' }));
    expect(topmostAt(index, 'board', { x: 50, y: 50 }, 4)?.id).toBe('high');
    scene.reorder(['high'], 'back');
    expect(topmostAt(index, 'board', { x: 50, y: 50 }, 4)?.id).toBe('low');
    scene.remove(['low']);
    expect(topmostAt(index, 'board', { x: 50, y: 50 }, 4)?.id).toBe('high');
    expect(topmostAt(index, 'other', { x: 50, y: 50 }, 4)).toBeUndefined();
    expect(topmostAt(index, 'board', { x: 500, y: 50 }, 4)).toBeUndefined();
  });

  it('an outline is hit at its line only, unless it is filled', () => {
    for (const kind of ['rectangle', 'ellipse'] as const) {
      expect(isHit(rectangle({ kind }), { x: 50, y: 25 }, 4)).toBe(false);
      expect(isHit(rectangle({ kind }), { x: 50, y: 48 }, 4)).toBe(true);
      expect(isHit(rectangle({ kind, filled: true }), { x: 50, y: 25 }, 4)).toBe(true);
    }
    expect(isHit(rectangle({ kind: 'ellipse', filled: true }), { x: 2, y: 2 }, 4)).toBe(false);
  });

  it('lines and ink are hit beside what is drawn as far as the slack goes', () => {
    expect(isHit(arrow(), { x: 50, y: 4 }, 4)).toBe(true);
    expect(isHit(arrow(), { x: 50, y: 6 }, 4)).toBe(false);
    expect(isHit(arrow({ width: -100, height: -100 }), { x: -50, y: -50 }, 4)).toBe(true);
    expect(isHit(ink(), { x: 50, y: 53 }, 4)).toBe(true);
    expect(isHit(ink(), { x: 10, y: 90 }, 4)).toBe(false);
    expect(isHit({ ...ink(), width: 200 }, { x: 100, y: 50 }, 1)).toBe(true);
  });

  it('a turned shape is hit where it is seen', () => {
    const upright = arrow({ angle: Math.PI / 2 });
    expect(isHit(upright, { x: 50, y: 40 }, 2)).toBe(true);
    expect(isHit(upright, { x: 10, y: 0 }, 2)).toBe(false);
  });

  it('no shape is hit further away than its bounds and the slack', () => {
    const place = fc.integer({ min: -300, max: 300 });
    const length = fc.integer({ min: 0, max: 200 });
    const angle = fc.double({ min: -7, max: 7, noNaN: true });
    fc.assert(
      fc.property(
        place,
        place,
        length,
        length,
        angle,
        fc.constantFrom(rectangle, words),
        (x, y, width, height, turn, make) => {
          const shape = make({ width, height, angle: turn });
          const bounds = boundsOf(shape);
          const far = x < bounds.minX - 6 || x > bounds.maxX + 6 || y < bounds.minY - 6 || y > bounds.maxY + 6;
          if (far) expect(isHit(shape, { x, y }, 4)).toBe(false);
          if (shape.kind === 'note') expect(isHit(shape, centreOf(shape), 4)).toBe(true);
        },
      ),
    );
  });
});

describe('what is in a rectangle', () => {
  it('is what lies wholly within it, also turned', () => {
    const { index } = indexed(
      rectangle({ id: 'in' }),
      rectangle({ id: 'out', x: 60 }),
      rectangle({ id: 'turned', angle: 1 }),
    );
    const found = shapesWithin(index, 'board', { minX: -1, minY: -1, maxX: 101, maxY: 51 });
    expect(found.map(({ id }) => id)).toEqual(['in']);
  });

  it('an eraser that moves fast leaves nothing out', () => {
    const { index } = indexed(
      arrow({ id: 'one', y: 30 }),
      arrow({ id: 'two', y: 90 }),
      arrow({ id: 'beside', x: 300, y: 90 }),
    );
    const touched = touchedBy(index, 'board', { x: 50, y: 0 }, { x: 50, y: 200 }, 5);
    expect(touched.map(({ id }) => id)).toEqual(['one', 'two']);
  });
});
