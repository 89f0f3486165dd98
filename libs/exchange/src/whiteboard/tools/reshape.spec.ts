import type { Box, Point } from '@parley/board';
import fc from 'fast-check';
import { arrow, rectangle, words } from '../testing/shapes';
import { endsOf, frameOf, frameOutside, handleAt, type HandleName } from './handles';
import { reshaped, resized, type SideHandle } from './reshape';

const box: Box = { x: 100, y: 100, width: 80, height: 40, angle: 0 };
const right = Math.PI / 2;
const near = (value: number): unknown => expect.closeTo(value);

function place(handle: HandleName, of = [rectangle(box)] as Parameters<typeof frameOf>[0]): Point {
  const found = frameOf(of, 1)?.handles.find(({ name }) => name === handle);
  if (found === undefined) throw new Error(`It has no handle ${handle}.`);
  return found;
}

describe('handles', () => {
  it('a frame further out keeps its middle, its angle and which handle is where', () => {
    const shape = rectangle({ ...box, angle: 0.7 });
    const frame = frameOf([shape], 1)!;
    const outside = frameOutside(frame, 5);
    expect(outside.box).toMatchObject({ width: box.width + 10, height: box.height + 10, angle: 0.7 });
    for (const [at, handle] of outside.handles.entries()) {
      const before = frame.handles[at]!;
      expect(handle.name).toBe(before.name);
      const away = Math.hypot(handle.x - before.x, handle.y - before.y);
      expect(away).toBeCloseTo(handle.name.length === 2 ? 5 * Math.SQRT2 : 5);
    }
    const line = frameOf([arrow()], 1)!;
    expect(frameOutside(line, 5)).toEqual(line);
  });

  it('are at corners and sides, and one above turns', () => {
    const frame = frameOf([rectangle(box)], 1);
    expect(frame?.handles.map(({ name }) => name).sort()).toEqual(['n', 'ne', 'nw', 's', 'se', 'sw', 'turn']);
    expect(place('turn')).toEqual({ name: 'turn', x: 140, y: 72 });
    expect(frameOf([], 1)).toBeUndefined();
  });

  it('turn with the shape', () => {
    const turn = place('turn', [rectangle({ ...box, angle: right })]);
    expect(turn).toMatchObject({ x: near(140 + 20 + 28), y: near(120) });
  });

  it('of a text are those of its width; of a line its ends', () => {
    const text = frameOf([words({ ...box, kind: 'text' })], 1);
    expect(text?.handles.map(({ name }) => name)).toEqual(['e', 'w', 'turn']);
    expect(frameOf([arrow({ ...box })], 1)?.handles.map(({ name }) => name)).toEqual(['from', 'to']);
  });

  it('are taken from beside them, the nearest one, at any zoom', () => {
    const small = frameOf([rectangle(box)], 0.1);
    expect(small && handleAt(small, { x: 180.8, y: 140.8 }, 12, 0.1)?.name).toBe('se');
    expect(small && handleAt(small, { x: 183, y: 141 }, 12, 0.1)).toBeUndefined();
  });
});

describe('reshaping', () => {
  const one = (shape: ReturnType<typeof rectangle>, handle: HandleName, to: Point, shift = false): Box | undefined =>
    reshaped(new Map([[shape.id, shape]]), frameOf([shape], 1)?.box ?? box, handle, {
      from: place(handle, [shape]),
      to,
      shift,
    }).get(shape.id);

  it('moves a corner, and the opposite one stays', () => {
    expect(one(rectangle(box), 'se', { x: 200, y: 160 })).toEqual({ ...box, width: 100, height: 60 });
    expect(one(rectangle(box), 'nw', { x: 80, y: 110 })).toEqual({ x: 80, y: 110, width: 100, height: 30, angle: 0 });
    expect(one(rectangle(box), 'n', { x: 0, y: 90 })).toEqual({ ...box, y: 90, height: 50 });
  });

  it('keeps the proportions with Shift', () => {
    expect(one(rectangle(box), 'se', { x: 260, y: 145 }, true)).toEqual({ ...box, width: 160, height: 80 });
  });

  it('never turns a shape over', () => {
    expect(one(rectangle(box), 'se', { x: 0, y: 0 })).toEqual({ ...box, width: 1, height: 1 });
  });

  it('leaves the opposite place where it is, however the shape is turned', () => {
    const opposite: Readonly<Record<SideHandle, SideHandle>> = {
      nw: 'se',
      n: 's',
      ne: 'sw',
      e: 'w',
      se: 'nw',
      s: 'n',
      sw: 'ne',
      w: 'e',
    };
    const size = fc.double({ min: 60, max: 500, noNaN: true });
    const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          x: coordinate,
          y: coordinate,
          width: size,
          height: size,
          angle: fc.double({ min: -3, max: 3, noNaN: true }),
        }),
        fc.constantFrom(...(Object.keys(opposite) as SideHandle[])),
        fc.record({ x: coordinate, y: coordinate }),
        fc.boolean(),
        (before, handle, to, even) => {
          const after = resized(before, handle, to, even);
          const stays = (of: Box): Point =>
            place(opposite[handle], [rectangle({ ...of, width: of.width, height: of.height })]);
          fc.pre(after.width >= 60 && after.height >= 60);
          expect(stays(after).x).toBeCloseTo(stays(before).x, 6);
          expect(stays(after).y).toBeCloseTo(stays(before).y, 6);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('turns about the middle: by 15° with Shift, else to right angles when near', () => {
    const shape = rectangle(box);
    const at = (angle: number): Point => ({ x: 140 + 48 * Math.sin(angle), y: 120 - 48 * Math.cos(angle) });
    expect(one(shape, 'turn', at(0.5))?.angle).toBeCloseTo(0.5);
    expect(one(shape, 'turn', at(0.5), true)?.angle).toBeCloseTo(Math.PI / 6);
    expect(one(shape, 'turn', at(right + 0.03))?.angle).toBeCloseTo(right);
    expect(one(rectangle({ ...box, angle: 3 }), 'turn', at(3.4))?.angle).toBeCloseTo(3.4 - 2 * Math.PI);
  });

  it('moves an end of a line, by 15° with Shift, and the other stays', () => {
    const line = arrow({ x: 0, y: 0, width: 100, height: 0, angle: right });
    const [from] = endsOf(line);
    const change = { from, to: { x: 60, y: 55 }, shift: false };
    const moved = reshaped(new Map([[line.id, line]]), line, 'to', change).get(line.id);
    expect(moved).toMatchObject({ x: near(from.x), y: near(from.y), angle: 0 });
    expect([(moved?.x ?? 0) + (moved?.width ?? 0), (moved?.y ?? 0) + (moved?.height ?? 0)]).toEqual([
      near(60),
      near(55),
    ]);
    const level = arrow({ x: 0, y: 0, width: 100, height: 0 });
    const straight = reshaped(new Map([[level.id, level]]), level, 'to', { from, to: { x: 80, y: 5 }, shift: true });
    expect(straight.get(level.id)?.height).toBeCloseTo(0);
  });

  it('makes several larger together, each in its place', () => {
    const shapes = [rectangle({ ...box, id: 'one' }), rectangle({ ...box, id: 'two', x: 200, angle: right })];
    const frame = frameOf(shapes, 1)?.box ?? box;
    expect(frame).toMatchObject({ x: 100, y: 80, width: near(160), height: near(80) });
    const to = { x: frame.x + frame.width * 2, y: frame.y + frame.height };
    const change = { from: place('se', shapes), to, shift: false };
    const after = reshaped(new Map(shapes.map((shape) => [shape.id, shape])), frame, 'se', change);
    expect(after.get('one')).toMatchObject({
      x: near(100),
      width: near(160),
      height: near(40),
    });
    // It lies on its side: what is wider on the page is its height.
    expect(after.get('two')).toMatchObject({ width: near(80), height: near(80) });
  });

  it('keeps the proportions of all where one is crooked', () => {
    const shapes = [rectangle({ ...box, id: 'one' }), rectangle({ ...box, id: 'two', x: 200, angle: 0.4 })];
    const frame = frameOf(shapes, 1)?.box ?? box;
    const to = { x: frame.x + frame.width * 2, y: frame.y + frame.height };
    const after = reshaped(new Map(shapes.map((shape) => [shape.id, shape])), frame, 'se', {
      from: to,
      to,
      shift: false,
    });
    expect(after.get('one')).toMatchObject({ width: near(160), height: near(80) });
  });

  it('turns several about their common middle', () => {
    const shapes = [rectangle({ ...box, id: 'one' }), rectangle({ ...box, id: 'two', x: 300 })];
    const frame = frameOf(shapes, 1)?.box ?? box;
    const change = { from: { x: 240, y: 0 }, to: { x: 400, y: 120 }, shift: false };
    const after = reshaped(new Map(shapes.map((shape) => [shape.id, shape])), frame, 'turn', change);
    expect(after.get('one')).toMatchObject({
      x: near(200),
      y: near(0),
      angle: near(right),
    });
  });
});
