import type { InkShape } from '@parley/board';
import { box, fakeBoard, type FakeBoard } from '../controls/testing/fake-board';
import { type FakePointer, point, pointerElement } from '../testing/pointer-events';
import { LaserTrail } from './laser-trail';
import { Pointers } from './pointers';

describe('pointers on the board', () => {
  let board: FakeBoard;
  let element: HTMLElement;
  let captured: number[];
  let pointers: Pointers;
  let trail: LaserTrail;
  let clock: number;

  beforeEach(() => {
    board = fakeBoard();
    ({ element, captured } = pointerElement());
    trail = new LaserTrail();
    clock = 10_000;
    pointers = new Pointers({ element, editor: board.editor, trail, changed: () => undefined, now: () => clock });
  });

  afterEach(() => {
    pointers.close();
    element.remove();
  });

  const send = (type: string, x: number, y: number, given?: FakePointer): void => point(element, type, x, y, given);
  const shapes = () => board.editor.shapes();

  function drag(from: readonly [number, number], to: readonly [number, number], given?: FakePointer): void {
    send('pointerdown', ...from, given);
    send('pointermove', ...to, given);
    send('pointerup', ...to, given);
  }

  it('draw with every place that the browser knows, where the camera looks', () => {
    board.editor.setCamera({ x: 1_000, y: 0, scale: 2 });
    const pen = { pointerType: 'pen', pressure: 0.8 } as const;
    send('pointerdown', 10, 10, pen);
    send('pointermove', 40, 30, {
      ...pen,
      coalesced: [
        [20, 10],
        [30, 20],
        [40, 30],
      ],
    });
    expect(board.told.at(-1)?.ink?.points).toHaveLength(4 * 3);
    send('pointerup', 40, 30, pen);
    expect(captured).toEqual([1]);
    expect(shapes()).toMatchObject([{ kind: 'ink', x: 1_005, y: 5, width: 15, height: 10 }]);
    const [ink] = shapes() as readonly InkShape[];
    expect([...(ink?.points ?? [])][2]).toBeCloseTo(0.8);
    expect(board.editor.draft()).toBeUndefined();
  });

  it('of a mouse are pressed as fast as they move: slow is thicker', () => {
    send('pointerdown', 0, 0, { timeStamp: 0 });
    for (let at = 1; at <= 20; at++) send('pointermove', at, 0, { timeStamp: at * 20 });
    for (let at = 1; at <= 20; at++) send('pointermove', 20 + at * 60, 0, { timeStamp: 400 + at * 20 });
    send('pointerup', 1_220, 0, { timeStamp: 820 });
    const [ink] = shapes() as readonly InkShape[];
    const points = [...(ink?.points ?? [])];
    expect(points[20 * 3 + 2]).toBeGreaterThan(0.55);
    expect(points.at(-1)).toBeLessThan(0.4);
  });

  it.each(['pointercancel', 'lostpointercapture'])('leave nothing behind after %s', (type) => {
    send('pointerdown', 10, 10);
    send('pointermove', 60, 60);
    send(type, 60, 60);
    send('pointermove', 90, 90);
    send('pointerup', 90, 90);
    expect(shapes()).toEqual([]);
    expect(board.editor.draft()).toBeUndefined();
    expect(pointers.isBusy).toBe(false);
  });

  it('end with Escape, which then does nothing else', () => {
    const heard: string[] = [];
    const listen = (event: KeyboardEvent): number => heard.push(event.key);
    document.addEventListener('keydown', listen);
    const press = (): boolean => element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    send('pointerdown', 10, 10);
    send('pointermove', 60, 60);
    press();
    send('pointerup', 60, 60);
    expect(shapes()).toEqual([]);
    expect(heard).toEqual([]);
    press();
    expect(heard).toEqual(['Escape']);
    document.removeEventListener('keydown', listen);
  });

  it('of two fingers pan and zoom about their middle, and what the first began is nothing', () => {
    const [one, other] = [
      { pointerType: 'touch', pointerId: 11 },
      { pointerType: 'touch', pointerId: 12 },
    ] as const;
    send('pointerdown', 100, 100, one);
    send('pointermove', 120, 100, one);
    send('pointerdown', 200, 100, other);
    send('pointermove', 320, 140, other);
    send('pointermove', 120, 140, one);
    const { x, y, scale } = board.editor.camera();
    // From 80 apart to 200 apart; the middle went from (160, 100) to (220, 140).
    expect(scale).toBeCloseTo(2.5);
    expect([x + 220 / scale, y + 140 / scale]).toEqual([expect.closeTo(160), expect.closeTo(100)]);
    send('pointerup', 320, 140, other);
    send('pointermove', 500, 500, one);
    send('pointerup', 500, 500, one);
    expect(board.editor.camera().scale).toBeCloseTo(2.5);
    expect(shapes()).toEqual([]);
    expect(pointers.isBusy).toBe(false);
  });

  it('of a resting hand draw nothing beside a pen', () => {
    send('pointerdown', 300, 300, { pointerType: 'touch', pointerId: 5 });
    send('pointermove', 310, 310, { pointerType: 'touch', pointerId: 5 });
    drag([10, 10], [60, 60], { pointerType: 'pen', pointerId: 9 });
    drag([300, 300], [400, 400], { pointerType: 'touch', pointerId: 6 });
    expect(shapes()).toHaveLength(1);
    expect(shapes()).toMatchObject([{ x: 10, y: 10, width: 50 }]);
  });

  it('pan with the middle button and with the hand', () => {
    drag([100, 100], [130, 90], { button: 1 });
    expect(board.editor.camera()).toEqual({ x: -30, y: 10, scale: 1 });
    board.editor.use('hand');
    drag([100, 100], [70, 110]);
    expect(board.editor.camera()).toEqual({ x: 0, y: 0, scale: 1 });
    expect(shapes()).toEqual([]);
  });

  it('rub out with the other end of a pen, whatever is in hand', () => {
    board.editor.scene.add([box(100, 100)]);
    board.editor.use('rectangle');
    drag([90, 120], [110, 120], { pointerType: 'pen', button: 5 });
    expect(shapes()).toEqual([]);
  });

  it('select what was drawn, to be changed next; after ink the pen stays', () => {
    drag([10, 10], [60, 60]);
    expect(board.editor.tool()).toBe('pen');
    board.editor.use('arrow');
    drag([100, 100], [200, 150]);
    expect(board.editor.tool()).toBe('select');
    expect(board.editor.selected()).toMatchObject([{ kind: 'arrow', width: 100, height: 50 }]);
  });

  it('take the handle of what is selected, with room around it', () => {
    const ids = board.editor.scene.add([box(100, 100)]);
    board.editor.use('select');
    board.editor.select(new Set(ids));
    drag([208, 158], [308, 208]);
    expect(shapes()).toMatchObject([{ x: 100, y: 100, width: 200, height: 100 }]);
    expect([...board.editor.selection()]).toEqual([...ids]);
  });

  it('begin words when they are lifted, and go on in those that are there', () => {
    const { editor } = board;
    editor.use('note');
    send('pointerdown', 300, 300);
    expect(editor.writer.writing()).toBeUndefined();
    send('pointerup', 300, 300);
    expect(editor.writer.writing()).toMatchObject({ kind: 'note', x: 200, y: 200 });
    editor.writer.write('日本語');
    // Clicking elsewhere finishes.
    drag([700, 500], [700, 500]);
    expect(editor.writer.writing()).toBeUndefined();
    editor.use('text');
    drag([300, 300], [302, 300]);
    expect(editor.writer.writing()).toMatchObject({ kind: 'note', words: '日本語' });
  });

  it('open words with a double click, and not with two clicks apart', () => {
    const { editor } = board;
    const note = { ...box(100, 100), kind: 'note', words: 'café', height: 100 } as const;
    const [id] = editor.scene.add([note]);
    editor.use('select');
    const click = (timeStamp: number): void => drag([150, 150], [150, 150], { timeStamp });
    click(1_000);
    click(2_000);
    expect(editor.writer.writing()).toBeUndefined();
    click(2_300);
    expect(editor.writer.writing()?.id).toBe(id);
  });

  it('select and move nothing where one may only look', () => {
    const { editor, stands } = board;
    const ids = editor.scene.add([{ ...box(100, 100), filled: true }]);
    stands({ canWrite: false });
    drag([10, 10], [60, 60]);
    pointers.restyle();
    expect(element.style.cursor).toBe('not-allowed');
    editor.use('select');
    drag([150, 120], [250, 220]);
    expect(shapes()).toMatchObject([{ x: 100, y: 100 }]);
    drag([150, 120], [150, 120]);
    expect([...editor.selection()]).toEqual([...ids]);
    drag([200, 150], [300, 250]);
    expect(shapes()).toMatchObject([{ width: 100, height: 50 }]);
  });

  it('leave a trail with the laser, which goes with time', () => {
    board.editor.use('laser');
    send('pointerdown', 10, 10);
    send('pointermove', 50, 10);
    clock += 5_000;
    // Where it rests it is still seen.
    expect(trail.at(clock)).toEqual([50, 10]);
    send('pointerup', 50, 10);
    expect(trail.at(clock + 900)).toEqual([50, 10]);
    expect(trail.at(clock + 1_100)).toEqual([]);
    expect(shapes()).toEqual([]);
  });

  it('tell where they are until they leave', () => {
    send('pointermove', 30, 40);
    expect(board.told.at(-1)?.cursor).toEqual([30, 40]);
    send('pointerleave', 30, 40);
    expect(board.told.at(-1)?.cursor).toBeUndefined();
  });

  it('zoom about themselves with Ctrl and the wheel, and pan with the wheel alone', () => {
    const turn = (given: WheelEventInit): boolean =>
      element.dispatchEvent(new WheelEvent('wheel', { cancelable: true, clientX: 200, clientY: 100, ...given }));
    // The page behind neither scrolls nor zooms.
    expect(turn({ deltaY: -20, ctrlKey: true })).toBe(false);
    const { x, y, scale } = board.editor.camera();
    expect(scale).toBeCloseTo(Math.exp(0.2));
    expect([x + 200 / scale, y + 100 / scale]).toEqual([expect.closeTo(200), expect.closeTo(100)]);
    board.editor.setCamera({ x: 0, y: 0, scale: 1 });
    turn({ deltaX: 5, deltaY: 40 });
    expect(board.editor.camera()).toEqual({ x: 5, y: 40, scale: 1 });
    turn({ deltaY: 40, shiftKey: true });
    expect(board.editor.camera()).toEqual({ x: 45, y: 40, scale: 1 });
    turn({ deltaY: 2, deltaMode: 1 });
    expect(board.editor.camera().y).toBe(72);
  });
});
