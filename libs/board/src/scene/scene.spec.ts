import * as Y from 'yjs';
import { contentOf } from '../testing/random-edits';
import { exchange, Replica } from '../testing/replica';
import type { SceneChange } from './board-scene';
import { FIRST_PAGE } from './page';
import type { NewShape } from './shape';

const box = { page: FIRST_PAGE, x: 10, y: 20, width: 30, height: 40, angle: 0, colour: 'red', size: 4 } as const;
const rectangle: NewShape = { ...box, kind: 'rectangle', filled: false };

describe('Scene', () => {
  let ann: Replica;
  let ben: Replica;

  beforeEach(() => {
    ann = new Replica('ann');
    ben = new Replica('ben');
  });

  it('has one page without bounds, and nothing on it', () => {
    expect(ann.scene.pages()).toEqual([
      { id: FIRST_PAGE, kind: 'board', name: '', width: 0, height: 0, locked: false, order: 0 },
    ]);
    expect(ann.scene.shapes(FIRST_PAGE)).toEqual([]);
    expect(ann.sent).toEqual([]);
  });

  it('gives lists that stay as they are, whatever is drawn after', () => {
    const lists = [ann.scene.shapes(FIRST_PAGE)];
    for (let turn = 0; turn < 3; turn += 1) {
      ann.scene.add([rectangle, rectangle]);
      lists.push(ann.scene.shapes(FIRST_PAGE));
      expect(ann.scene.shapes(FIRST_PAGE)).toBe(lists.at(-1));
    }
    expect(lists.map(({ length }) => length)).toEqual([0, 2, 4, 6]);
  });

  it('keeps what each kind of shape is', () => {
    const points = Float32Array.of(0, 0, 0, 12.5, 3.125, 1);
    const made = [
      { ...box, kind: 'ink', highlight: true, points, inkWidth: 12.5, inkHeight: 3.125 },
      rectangle,
      { ...box, kind: 'arrow', width: -5, height: -6 },
      { ...box, kind: 'note', words: 'café 👩‍👩‍👧 日本語' },
    ] as const;
    ann.scene.add(made);
    exchange(ann, ben);
    expect(ben.scene.shapes(FIRST_PAGE)).toMatchObject(made);
    expect(ben.scene.shapes(FIRST_PAGE).map(({ author, z }) => [author, z])).toEqual([
      ['ann', 1],
      ['ann', 2],
      ['ann', 3],
      ['ann', 4],
    ]);
  });

  it('tells what changed, once a command, and whose doing it was', () => {
    const mine: SceneChange[] = [];
    const theirs: SceneChange[] = [];
    ann.scene.changes.subscribe((change) => mine.push(change));
    ben.scene.changes.subscribe((change) => theirs.push(change));
    const [first, second] = ann.scene.add([rectangle, rectangle]);
    exchange(ann, ben);
    ann.scene.change(new Map([[first!, { x: 99 }]]));
    expect(mine.map(({ own, shapes }) => [own, [...shapes.keys()]])).toEqual([
      [true, [first, second]],
      [true, [first]],
    ]);
    expect(mine[1]?.shapes.get(first!)).toMatchObject({ before: { x: 10 }, after: { x: 99 } });
    expect(theirs.map(({ own, shapes }) => [own, shapes.size])).toEqual([[false, 2]]);
  });

  it('keeps both when one moves a shape and another colours it at the same time', () => {
    const [id] = ann.scene.add([rectangle]);
    exchange(ann, ben);
    ann.scene.change(new Map([[id!, { x: 500 }]]));
    ben.scene.change(new Map([[id!, { colour: 'blue' }]]));
    exchange(ann, ben);
    expect(ann.scene.shape(id!)).toMatchObject({ x: 500, colour: 'blue' });
    expect(contentOf(ann.scene)).toEqual(contentOf(ben.scene));
  });

  it('keeps what two write in one note at the same time', () => {
    const [id] = ann.scene.add([{ ...box, kind: 'note', words: 'one 👍 two' }]);
    exchange(ann, ben);
    ann.scene.setWords(id!, 'zero one 👍 two');
    ben.scene.setWords(id!, 'one 👎 two three');
    exchange(ann, ben);
    expect(ann.scene.shape(id!)).toMatchObject({ words: 'zero one 👎 two three' });
  });

  it('undoes one command at a time, however quickly they follow each other', () => {
    ann.scene.add([rectangle]);
    ann.scene.add([rectangle, rectangle]);
    ann.scene.undo();
    expect(ann.scene.size).toBe(1);
    ann.scene.undo();
    expect(ann.scene.size).toBe(0);
  });

  it('undoes what one wrote in a row as one step, and each note by itself', () => {
    const [one, other] = ann.scene.add([
      { ...box, kind: 'note', words: '' },
      { ...box, kind: 'note', words: '' },
    ]);
    for (const words of ['o', 'on', 'one']) ann.scene.setWords(one!, words);
    ann.scene.setWords(other!, 'two');
    ann.scene.undo();
    expect([one, other].map((id) => ann.scene.shape(id!))).toMatchObject([{ words: 'one' }, { words: '' }]);
    ann.scene.undo();
    expect(ann.scene.shape(one!)).toMatchObject({ words: '' });
    ann.scene.redo();
    expect(ann.scene.shape(one!)).toMatchObject({ words: 'one' });
  });

  it('undoes only what was done here', () => {
    const [mine] = ann.scene.add([rectangle]);
    exchange(ann, ben);
    const [theirs] = ben.scene.add([rectangle]);
    exchange(ann, ben);
    expect(ann.scene.history.value).toEqual({ canUndo: true, canRedo: false });
    expect(ann.scene.undo()).toBe(true);
    expect(ann.scene.undo()).toBe(false);
    expect([ann.scene.shape(mine!), ann.scene.shape(theirs!)?.author]).toEqual([undefined, 'ben']);
    expect(ann.scene.redo()).toBe(true);
    expect(ann.scene.shape(mine!)).toMatchObject(box);
  });

  it('brings back what was cleared, with what was there of others, and lets what came since be', () => {
    ben.scene.add([rectangle, rectangle]);
    exchange(ann, ben);
    const before = ann.scene.shapes(FIRST_PAGE).length;
    ann.scene.clear(FIRST_PAGE);
    exchange(ann, ben);
    expect(ben.scene.shapes(FIRST_PAGE)).toEqual([]);
    ben.scene.add([rectangle]);
    exchange(ann, ben);
    ann.scene.undo();
    exchange(ann, ben);
    expect(ben.scene.shapes(FIRST_PAGE)).toHaveLength(before + 1);
  });

  it('does not unlock with an undo', () => {
    ann.scene.setLocked(FIRST_PAGE, true);
    expect(ann.scene.undo()).toBe(false);
    exchange(ann, ben);
    expect(ben.scene.page(FIRST_PAGE)?.locked).toBe(true);
  });

  it('adds pages behind the others, and removes one with what is on it', () => {
    const sheet = {
      kind: 'document',
      file: '00000000-0000-4000-8000-00000000000a',
      name: 'Plan.pdf',
      width: 800,
      height: 600,
    } as const;
    const [first, second] = ann.scene.addPages([
      { ...sheet, sheet: 1 },
      { ...sheet, sheet: 2 },
    ]);
    const [drawn] = ann.scene.add([{ ...rectangle, page: second! }]);
    exchange(ann, ben);
    expect(ben.scene.pages().map(({ id }) => id)).toEqual([FIRST_PAGE, first, second]);
    ben.scene.removePage(second!);
    exchange(ann, ben);
    expect([ann.scene.pages().length, ann.scene.shape(drawn!)]).toEqual([2, undefined]);
    ben.scene.undo();
    expect(ben.scene.shapes(second!)).toHaveLength(1);
    ben.scene.removePage(FIRST_PAGE);
    expect(ben.scene.pages()[0]?.id).toBe(FIRST_PAGE);
  });

  it.each([
    ['a size that is no number', { ...rectangle, size: Number.NaN }],
    ['a place out of the world', { ...rectangle, x: 1e9 }],
    ['a negative width', { ...rectangle, width: -1 }],
    [
      'ink without points',
      { ...box, kind: 'ink', highlight: false, points: new Float32Array(0), inkWidth: 1, inkHeight: 1 },
    ],
  ] as const)('takes no shape with %s', (_what, shape) => {
    expect(ann.scene.add([shape])).toEqual([]);
    expect(ann.scene.size).toBe(0);
  });

  it('ignores what is no shape and no page, whoever wrote it', () => {
    const doc = new Y.Doc();
    doc.getMap('shapes').set('a', 'no shape');
    doc.getMap('shapes').set('b', new Y.Map([['made', { kind: 'rectangle' }]]));
    doc.getMap('pages').set('c', new Y.Map([['made', { kind: 'document', name: 'x' }]]));
    const [id] = ann.scene.add([rectangle]);
    exchange(ann);
    ann.hear([Y.encodeStateAsUpdate(doc)]);
    const spoilt = new Y.Doc();
    Y.applyUpdate(spoilt, Y.encodeStateAsUpdate(ann.doc));
    (spoilt.getMap('shapes').get(id!) as Y.Map<unknown>).set('at', ['left', Number.NaN]);
    ann.hear([Y.encodeStateAsUpdate(spoilt)]);
    expect(contentOf(ann.scene)).toEqual([{ page: ann.scene.page(FIRST_PAGE), shapes: [] }]);
  });

  it('puts shapes above and below others, highlighters always lowest', () => {
    const points = Float32Array.of(0, 0, 0.5, 5, 5, 0.5);
    const ids = ann.scene.add([
      rectangle,
      rectangle,
      rectangle,
      { ...box, kind: 'ink', highlight: true, points, inkWidth: 5, inkHeight: 5 },
    ]);
    const order = (): string =>
      ann.scene
        .shapes(FIRST_PAGE)
        .map(({ id }) => ids.indexOf(id))
        .join('');
    expect(order()).toBe('3012');
    ann.scene.reorder([ids[0]!], 'front');
    expect(order()).toBe('3120');
    ann.scene.reorder([ids[0]!], 'backward');
    expect(order()).toBe('3102');
    ann.scene.reorder([ids[1]!, ids[0]!], 'forward');
    expect(order()).toBe('3210');
    ann.scene.reorder([ids[0]!, ids[3]!], 'back');
    expect(order()).toBe('3021');
  });

  it('goes on putting shapes between two others when no number is left between them', () => {
    const ids = ann.scene.add([rectangle, rectangle, rectangle]);
    const order = (): number[] => ann.scene.shapes(FIRST_PAGE).map(({ id }) => ids.indexOf(id));
    for (let turn = 0; turn < 2_000; turn += 1) {
      const [lowest] = order();
      ann.scene.reorder([ids[lowest!]!], 'forward');
      expect(order()[1]).toBe(lowest);
      const [, , top] = order();
      ann.scene.reorder([ids[top!]!], 'backward');
      expect(order()[1]).toBe(top);
    }
  });
});
