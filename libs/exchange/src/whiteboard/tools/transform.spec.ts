import { emptyScene } from '../testing/scene';
import { rectangle, words } from '../testing/shapes';
import { ShapeIndex } from '../tiles/shape-index';
import { frameOf, handleAt } from './handles';
import type { Draft, Surroundings } from './tool';
import { Transforming } from './transform';

describe('a handle that is dragged', () => {
  const scene = emptyScene();
  let shown: (Draft | undefined)[];

  function take(id: string, at: { readonly x: number; readonly y: number }): Transforming {
    const shape = scene.shape(id);
    const frame = shape && frameOf([shape], 1);
    const handle = frame && handleAt(frame, at, 12, 1);
    if (frame === undefined || handle === undefined) throw new Error('There is no handle.');
    shown = [];
    const around: Surroundings = {
      scene,
      index: new ShapeIndex(scene),
      page: 'board',
      look: { colour: 'ink', size: 2, filled: false },
      selection: new Set([id]),
      select: () => undefined,
      pixel: 1,
      newId: () => 'never',
      show: (draft) => shown.push(draft),
    };
    return new Transforming({ ...at, pressure: 0.5, shift: false }, { frame, handle }, around, (_, width) => width / 2);
  }

  const to = (x: number, y: number) => [{ x, y, pressure: 0.5, shift: false }];

  it('shows how it will be, and changes the shape once', () => {
    const [id = ''] = scene.add([rectangle({ id: 'one', x: 0, y: 0, width: 100, height: 50 })]);
    let changes = 0;
    const counting = scene.changes.subscribe(() => changes++);
    const gesture = take(id, { x: 95, y: 55 });
    gesture.move(to(96, 55));
    expect(shown).toEqual([]);
    // From beside the corner: it moves as far as the pointer does.
    gesture.move(to(115, 75));
    expect(shown.at(-1)?.boxes?.get(id)).toEqual({ x: 0, y: 0, width: 120, height: 70, angle: 0 });
    expect(changes).toBe(0);
    expect(gesture.end()).toEqual([id]);
    counting.unsubscribe();
    expect(changes).toBe(1);
    expect(scene.shape(id)).toMatchObject({ width: 120, height: 70 });
    expect(shown.at(-1)).toBeUndefined();
    scene.undo();
    expect(scene.shape(id)).toMatchObject({ width: 100, height: 50 });
  });

  it('changes nothing when it is cancelled, only touched, or its shape is gone', () => {
    const [id = ''] = scene.add([rectangle({ id: 'two', x: 0, y: 0, width: 100, height: 50 })]);
    const cancelled = take(id, { x: 100, y: 50 });
    cancelled.move(to(200, 200));
    cancelled.cancel();
    expect(shown.at(-1)).toBeUndefined();
    expect(take(id, { x: 100, y: 50 }).end()).toEqual([]);
    expect(scene.shape(id)).toMatchObject({ width: 100, height: 50 });
    const late = take(id, { x: 100, y: 50 });
    late.move(to(200, 200));
    scene.remove([id]);
    expect(late.end()).toEqual([]);
  });

  it('makes a text as high as its words', () => {
    const text = words({ id: 'text', kind: 'text', x: 0, y: 0, width: 100, height: 20 });
    scene.add([text]);
    const gesture = take('text', { x: 100, y: 10 });
    gesture.move(to(300, 10));
    gesture.end();
    expect(scene.shape('text')).toMatchObject({ width: 300, height: 150 });
  });
});
