import { FIRST_PAGE, INK_POINTS_MAX, Scene, type Shape } from '@parley/board';
import * as Y from 'yjs';
import { ShapeIndex } from '../tiles/shape-index';
import { arrow, ellipse, line, rectangle } from './draw-shape';
import { eraser } from './eraser';
import { highlighter, pen } from './pen';
import { select } from './select';
import type { Draft, Sample, Surroundings, Tool } from './tool';

const at = (x: number, y: number, { pressure = 0.5, shift = false } = {}): Sample => ({ x, y, pressure, shift });

describe('tools of the whiteboard', () => {
  let scene: Scene;
  let shown: (Draft | undefined)[];
  let around: Surroundings;

  beforeEach(() => {
    scene = new Scene(new Y.Doc(), { author: 'ann' });
    const index = new ShapeIndex(scene);
    scene.changes.subscribe((change) => index.apply(change));
    shown = [];
    let count = 0;
    around = {
      scene,
      index,
      page: FIRST_PAGE,
      look: { colour: 'red', size: 4, filled: true },
      selection: new Set(),
      select: (selection) => (around = { ...around, selection }),
      pixel: 1,
      newId: () => `shape-${++count}`,
      show: (draft) => shown.push(draft),
    };
  });

  /** A gesture through these points. */
  function use(tool: Tool, [first, ...others]: readonly Sample[]): Shape[] {
    const gesture = tool(first!, around);
    for (const sample of others) gesture.move([sample]);
    gesture.end();
    expect(shown.at(-1)).toBeUndefined();
    return [...scene.shapes(FIRST_PAGE)];
  }

  it('the pen draws where the hand goes, with its pressure, and what is shown has the id of what comes', () => {
    const [shape] = use(pen, [at(10, 20, { pressure: 0 }), at(30, 10, { pressure: 1 }), at(50, 60)]);
    expect(shape).toMatchObject({
      kind: 'ink',
      highlight: false,
      x: 10,
      y: 10,
      width: 40,
      height: 50,
      colour: 'red',
      size: 4,
    });
    expect(shape?.kind === 'ink' && [...shape.points].map((value) => Math.round(value * 10) / 10)).toEqual([
      0, 10, 0, 20, 0, 1, 40, 50, 0.5,
    ]);
    expect(shown.at(-2)?.ink).toMatchObject({ id: shape?.id, points: [10, 20, 0, 30, 10, 1, 50, 60, 0.5] });
  });

  it('a tap with the pen is a dot, and trembling adds nothing', () => {
    const [dot] = use(pen, [at(5, 5), at(5.3, 5), at(5, 5.4)]);
    expect(dot).toMatchObject({ x: 5, y: 5, width: 0, height: 0 });
    expect(dot?.kind === 'ink' && dot.points.length).toBe(3);
  });

  it('the highlighter marks', () => {
    expect(use(highlighter, [at(0, 0), at(9, 9)])).toMatchObject([{ kind: 'ink', highlight: true }]);
  });

  it('a line that is too long for one shape goes on as the next, from the same point', () => {
    const far = Array.from({ length: INK_POINTS_MAX + 10 }, (_, turn) => at(turn * 2, 0));
    const gesture = pen(far[0]!, around);
    gesture.move(far.slice(1));
    expect(gesture.end()).toHaveLength(2);
    const [first, second] = scene.shapes(FIRST_PAGE);
    expect(second?.x).toBe((first?.x ?? 0) + (first?.width ?? 0));
    expect((second?.x ?? 0) + (second?.width ?? 0)).toBe(far.at(-1)?.x);
  });

  it('leaves nothing when it is cancelled', () => {
    const far = Array.from({ length: INK_POINTS_MAX + 10 }, (_, turn) => at(turn * 2, 0));
    for (const tool of [pen, rectangle, line, eraser]) {
      const gesture = tool(far[0]!, around);
      gesture.move(far);
      gesture.cancel();
      expect([scene.size, shown.at(-1)]).toEqual([0, undefined]);
    }
  });

  it('a rectangle goes from corner to corner, in whichever direction', () => {
    expect(use(rectangle, [at(50, 60), at(10, 20)])).toMatchObject([
      { kind: 'rectangle', x: 10, y: 20, width: 40, height: 40, filled: true, colour: 'red' },
    ]);
  });

  it('with Shift a rectangle is a square and an ellipse a circle', () => {
    use(rectangle, [at(0, 0), at(-30, 10, { shift: true })]);
    use(ellipse, [at(0, 0), at(5, 20, { shift: true })]);
    expect(scene.shapes(FIRST_PAGE)).toMatchObject([
      { x: -30, y: 0, width: 30, height: 30 },
      { kind: 'ellipse', x: 0, y: 0, width: 20, height: 20 },
    ]);
  });

  it('a line keeps its direction, with Shift in steps of 15°', () => {
    use(arrow, [at(50, 50), at(10, 90)]);
    use(line, [at(0, 0), at(100, 4, { shift: true })]);
    const [first, second] = scene.shapes(FIRST_PAGE);
    expect(first).toMatchObject({ kind: 'arrow', x: 50, y: 50, width: -40, height: 40 });
    expect(second?.height).toBeCloseTo(0);
    expect(second?.width).toBeCloseTo(Math.hypot(100, 4));
  });

  it('a mere click draws no shape', () => {
    expect(use(rectangle, [at(5, 5), at(6, 6)])).toEqual([]);
    expect(use(line, [at(5, 5)])).toEqual([]);
  });

  it('the eraser removes what it goes over as one step, and nothing else', () => {
    use(line, [at(0, 0), at(0, 100)]);
    use(line, [at(50, 0), at(50, 100)]);
    use(line, [at(200, 0), at(200, 100)]);
    const left = scene.shapes(FIRST_PAGE)[2]?.id;
    const gesture = eraser(at(-20, 50), around);
    gesture.move([at(100, 50)]);
    expect(shown.at(-1)?.erased?.size).toBe(2);
    expect(scene.size).toBe(3);
    gesture.end();
    expect(scene.shapes(FIRST_PAGE).map(({ id }) => id)).toEqual([left]);
    scene.undo();
    expect(scene.size).toBe(3);
  });

  it('what is near on the screen is so at any zoom', () => {
    use(line, [at(0, 0), at(0, 100)]);
    around = { ...around, pixel: 10 };
    expect(use(eraser, [at(60, 50)])).toEqual([]);
  });

  describe('select', () => {
    let ids: readonly string[];
    const selected = () => [...around.selection].map((id) => ids.indexOf(id)).sort();

    beforeEach(() => {
      const box = {
        page: FIRST_PAGE,
        kind: 'rectangle',
        filled: true,
        width: 40,
        height: 40,
        angle: 0,
        size: 2,
      } as const;
      ids = scene.add([
        { ...box, x: 0, y: 0, colour: 'red' },
        { ...box, x: 100, y: 0, colour: 'blue' },
        { ...box, x: 110, y: 10, colour: 'green' },
      ]);
    });

    it('a click selects what is on top there, and beside everything nothing', () => {
      use(select, [at(120, 20)]);
      expect(selected()).toEqual([2]);
      use(select, [at(102, 2)]);
      expect(selected()).toEqual([1]);
      use(select, [at(70, 300)]);
      expect(selected()).toEqual([]);
    });

    it('with Shift a click adds to what is selected, or takes from it', () => {
      use(select, [at(20, 20)]);
      use(select, [at(120, 20, { shift: true })]);
      expect(selected()).toEqual([0, 2]);
      use(select, [at(20, 20, { shift: true })]);
      expect(selected()).toEqual([2]);
    });

    it('a rectangle around shapes selects those that are all in it', () => {
      use(select, [at(-10, -10), at(145, 45)]);
      expect(shown.at(-2)?.marquee).toEqual({ minX: -10, minY: -10, maxX: 145, maxY: 45 });
      expect(selected()).toEqual([0, 1]);
      use(select, [at(200, 200, { shift: true }), at(105, 5, { shift: true })]);
      expect(selected()).toEqual([0, 1, 2]);
    });

    it('moves what is selected as one step, and tells where it is meanwhile', () => {
      use(select, [at(-10, -10), at(145, 45)]);
      const gesture = select(at(20, 20), around);
      gesture.move([at(25, 20), at(50, 60)]);
      expect(shown.at(-1)?.moved).toEqual({ ids: new Set(ids.slice(0, 2)), by: { x: 30, y: 40 } });
      expect(scene.shape(ids[0]!)?.x).toBe(0);
      gesture.end();
      expect(ids.map((id) => [scene.shape(id)?.x, scene.shape(id)?.y])).toEqual([
        [30, 40],
        [130, 40],
        [110, 10],
      ]);
      scene.undo();
      expect(ids.map((id) => scene.shape(id)?.x)).toEqual([0, 100, 110]);
    });

    it('drags a shape that was not selected, alone', () => {
      use(select, [at(20, 20)]);
      use(select, [at(120, 20), at(130, 20)]);
      expect([selected(), scene.shape(ids[2]!)?.x, scene.shape(ids[0]!)?.x]).toEqual([[2], 120, 0]);
    });

    it('with Shift moves straight', () => {
      use(select, [at(20, 20), at(60, 30, { shift: true })]);
      expect(scene.shape(ids[0]!)).toMatchObject({ x: 40, y: 0 });
    });

    it('a click on one of several selects it alone, since nothing was moved', () => {
      use(select, [at(-10, -10), at(145, 45)]);
      use(select, [at(20, 20), at(21, 20)]);
      expect(selected()).toEqual([0]);
      expect(scene.shape(ids[0]!)?.x).toBe(0);
    });

    it('puts everything back when it is cancelled', () => {
      use(select, [at(20, 20)]);
      const gesture = select(at(20, 20), around);
      gesture.move([at(90, 90)]);
      gesture.cancel();
      expect([scene.shape(ids[0]!)?.x, shown.at(-1)]).toEqual([0, undefined]);
    });
  });
});
