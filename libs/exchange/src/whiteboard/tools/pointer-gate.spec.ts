import { isEraserEnd, PointerGate } from './pointer-gate';

describe('PointerGate', () => {
  let now = 10_000;
  let gate: PointerGate;
  const touch = (pointerId: number) => ({ pointerId, pointerType: 'touch', button: 0 });
  const pen = { pointerId: 9, pointerType: 'pen', button: 0 };

  beforeEach(() => {
    now = 10_000;
    gate = new PointerGate(() => now);
  });

  it('lets a mouse draw, its middle button move the view, and its others do nothing', () => {
    const press = (button: number) => gate.down({ pointerId: 1, pointerType: 'mouse', button });
    expect([0, 1, 2, 3].map(press)).toEqual(['tool', 'pan', 'nothing', 'nothing']);
  });

  it('lets one finger draw, and two move the view', () => {
    expect([1, 2, 3].map((id) => gate.down(touch(id)))).toEqual(['tool', 'pinch', 'nothing']);
    for (const id of [1, 2, 3]) gate.up(touch(id));
    expect(gate.down(touch(4))).toBe('tool');
  });

  it('takes a touch for the palm while a pen is near, and for a while after', () => {
    gate.seen(pen);
    now += 2_900;
    expect(gate.down(touch(1))).toBe('nothing');
    now += 200;
    expect(gate.down(touch(2))).toBe('tool');
  });

  it('does not count a palm as a finger', () => {
    expect(gate.down(pen)).toBe('tool');
    gate.down(touch(1));
    gate.up(pen);
    now += 5_000;
    expect(gate.down(touch(2))).toBe('tool');
  });

  it('rubs out with the other end of a pen', () => {
    expect(isEraserEnd('pen', 5)).toBe(true);
    expect(gate.down({ ...pen, button: 5 })).toBe('tool');
    expect(gate.down({ ...pen, button: 2 })).toBe('nothing');
  });
});
