import { HIGHLIGHT_OPACITY, shades } from '@parley/board';
import { fakeContext, installFakePath } from '../testing/fake-canvas';
import { arrow, ink, rectangle, words } from '../testing/shapes';
import { inkPath } from './ink-path';
import { paintIn, paintShape } from './paint-shape';

function painted(paint: (context: CanvasRenderingContext2D) => void): string[] {
  const { context, calls } = fakeContext();
  paint(context);
  return calls;
}

describe('painting a shape', () => {
  beforeAll(installFakePath);

  it('ink is one filled path, in the colour for its paper', () => {
    const shape = ink({ colour: 'blue' });
    expect(painted((context) => paintShape(context, shape, 'dark'))).toEqual([
      'save',
      `fillStyle=${shades('blue', 'dark').line}`,
      'fill path',
      'restore',
    ]);
  });

  it('a highlighter lets through what is below, in a brighter colour', () => {
    const calls = painted((context) => paintShape(context, ink({ highlight: true, colour: 'yellow' }), 'light'));
    expect(calls).toContain(`globalAlpha=${HIGHLIGHT_OPACITY}`);
    expect(calls).toContain(`fillStyle=${shades('yellow', 'light').mark}`);
  });

  it('the path of a shape is made once, and again for another object', () => {
    const shape = ink();
    expect(inkPath(shape)).toBe(inkPath(shape));
    expect(inkPath({ ...shape })).not.toBe(inkPath(shape));
  });

  it('an outline is filled only if it should be', () => {
    const open = painted((context) => paintShape(context, rectangle(), 'light'));
    expect(open).toContain('rect 0 0 100 50');
    expect(open).not.toContain('fill');
    const filled = painted((context) => paintShape(context, rectangle({ kind: 'ellipse', filled: true }), 'light'));
    expect(filled).toContain('ellipse 50 25 50 25 0 0 6.28');
    expect(filled.indexOf('fill')).toBeLessThan(filled.indexOf('stroke'));
  });

  it('an ellipse that somebody draws from the right to the left, as only a strange page says it, is one all the same', () => {
    const shape = rectangle({ kind: 'ellipse' });
    const calls = painted((context) => paintIn(context, shape, { ...shape, width: -100, height: -50 }, 'light'));
    expect(calls).toContain('ellipse -50 -25 50 25 0 0 6.28');
  });

  it('a turned shape is turned about its centre', () => {
    const calls = painted((context) => paintShape(context, rectangle({ angle: 1 }), 'light'));
    expect(calls.slice(1, 4)).toEqual(['translate 50 25', 'rotate 1', 'translate -50 -25']);
  });

  it('an arrow has a head at its end, and one without length is a dot', () => {
    const calls = painted((context) => paintShape(context, arrow(), 'light'));
    expect(calls).toEqual(expect.arrayContaining(['lineTo 100 0', 'moveTo 90.4 6', 'lineTo 90.4 -6']));
    const dot = painted((context) => paintShape(context, arrow({ width: 0 }), 'light'));
    expect(dot).not.toContain(expect.stringContaining('NaN'));
    expect(dot).toContain('lineTo 0 0');
  });

  it('the words of a note are wrapped within it, in ink on its colour', () => {
    const calls = painted((context) =>
      paintShape(context, words({ words: 'un café 日本語', colour: 'yellow' }), 'light'),
    );
    expect(calls).toContain(`fillStyle=${shades('yellow', 'light').fill}`);
    expect(calls).toContain('clip');
    expect(calls.filter((call) => call.startsWith('fillText'))).toEqual([
      'fillText un café 12 32',
      'fillText 日本語 12 58',
    ]);
  });

  it('a shape that is moved is drawn elsewhere with the same path; a stretched one is another', () => {
    const shape = ink();
    const moved = painted((context) => paintIn(context, shape, { ...shape, x: 30 }, 'light'));
    expect(moved).toContain('translate 30 0');
    const stretched = painted((context) => paintIn(context, rectangle(), { ...rectangle(), width: 7 }, 'light'));
    expect(stretched).toContain('rect 0 0 7 50');
  });
});
