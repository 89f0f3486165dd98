import { signal } from '@angular/core';
import { box, fakeBoard } from '../controls/testing/fake-board';
import { BoardEditor } from './board-editor';

const document = {
  kind: 'document',
  name: 'plan.pdf, 1 of 2',
  file: '00000000-0000-4000-8000-00000000000a',
  sheet: 1,
  width: 800,
  height: 1000,
} as const;

describe('the editor', () => {
  it('turns to a page as a whole first, and to where it was left then', () => {
    const { editor } = fakeBoard();
    const [page = ''] = editor.scene.addPages([document]);
    editor.setCamera({ x: 5, y: 6, scale: 2 });
    editor.goTo(page);
    expect(editor.page().name).toBe('plan.pdf, 1 of 2');
    expect(editor.camera().scale).toBeCloseTo((600 - 64) / 1000);
    editor.zoom(2);
    const zoomed = editor.camera();
    editor.goTo('board');
    expect(editor.camera()).toEqual({ x: 5, y: 6, scale: 2 });
    editor.goTo(page);
    expect(editor.camera()).toEqual(zoomed);
    // Somebody takes the page away: there is always one to be on.
    editor.scene.removePage(page);
    expect(editor.page().id).toBe('board');
  });

  it('selects only what is there, and on this page', () => {
    const { editor } = fakeBoard();
    const [page = ''] = editor.scene.addPages([document]);
    const ids = editor.scene.add([box(0, 0), box(200, 0), { ...box(0, 0), page }]);
    editor.use('select');
    editor.commands.selectAll();
    expect(editor.selected().map(({ id }) => id)).toEqual(ids.slice(0, 2));
    editor.scene.remove([ids[0]!]);
    expect([...editor.selection()]).toEqual([ids[1]]);
    editor.goTo(page);
    expect(editor.selection().size).toBe(0);
    // Another tool has nothing selected.
    editor.commands.selectAll();
    editor.use('pen');
    expect(editor.selection().size).toBe(0);
  });

  it('keeps what is in the middle of the view there when the surface becomes another size', () => {
    const { editor } = fakeBoard();
    editor.setCamera({ x: 100, y: 100, scale: 2 });
    const before = editor.centre();
    editor.setViewport({ width: 400, height: 900 });
    expect(editor.centre()).toEqual(before);
  });

  it('remembers the look of each kind of tool, and changes that of what is selected', () => {
    const { editor } = fakeBoard();
    editor.use('pen');
    editor.setLook({ colour: 'red' });
    editor.use('note');
    expect(editor.look().colour).toBe('yellow');
    editor.use('highlighter');
    editor.setLook({ size: 14 });
    editor.use('pen');
    expect(editor.look()).toMatchObject({ colour: 'red', size: 3 });
    editor.scene.add([box(0, 0)]);
    editor.commands.selectAll();
    editor.setLook({ colour: 'green', filled: true });
    expect(editor.shapes()[0]).toMatchObject({ colour: 'green', filled: true });
    editor.use('ellipse');
    expect(editor.look().colour).toBe('green');
  });

  it('changes nothing where one may only look, or the page is locked', () => {
    const { editor, stands } = fakeBoard();
    editor.scene.add([box(0, 0)]);
    editor.commands.selectAll();
    const content = () => JSON.stringify(editor.shapes());
    const before = content();
    const everything = (): void => {
      const { commands } = editor;
      commands.move(5, 5);
      commands.grow(5, 5);
      commands.turn(1);
      commands.copy();
      commands.paste();
      commands.duplicate();
      commands.remove();
      commands.clear();
      commands.make('rectangle');
      editor.setLook({ colour: 'red' });
      editor.writer.begin('note', { x: 0, y: 0 });
      editor.writer.write('x');
      editor.writer.finish();
    };
    editor.scene.setLocked('board', true);
    everything();
    editor.undo();
    expect(content()).toBe(before);
    editor.scene.setLocked('board', false);
    stands({ canWrite: false });
    everything();
    editor.undo();
    expect(content()).toBe(before);
    stands({ canWrite: true });
    editor.undo();
    expect(editor.shapes()).toEqual([]);
  });

  it('undoes one’s own steps one by one', () => {
    const { editor } = fakeBoard();
    editor.commands.make('rectangle');
    editor.commands.move(10, 0);
    const moved = editor.shapes()[0]!.x;
    editor.undo();
    expect(editor.shapes()[0]!.x).toBe(moved - 10);
    editor.redo();
    expect(editor.shapes()[0]!.x).toBe(moved);
    editor.commands.clear();
    expect(editor.news()).toEqual({ text: 'Everything on this page is cleared.', undo: true });
    editor.undo();
    expect(editor.shapes()).toHaveLength(1);
  });

  it('goes to the page of what it takes back, and says so when others left nothing to take back', () => {
    const { editor } = fakeBoard();
    const [page = ''] = editor.scene.addPages([document]);
    editor.goTo(page);
    editor.commands.make('rectangle');
    editor.goTo('board');
    editor.undo();
    expect([editor.page().id, editor.shapes(), editor.news().text]).toEqual([page, [], 'Undone.']);
    editor.goTo('board');
    editor.redo();
    expect([editor.page().id, editor.shapes().length]).toEqual([page, 1]);
  });

  it('changes nothing once the page knows that the meeting is over', () => {
    const closed = signal(false);
    const { session } = fakeBoard().editor;
    const editor = new BoardEditor({ session, measure: () => 10, closed });
    expect(editor.canDraw()).toBe(true);
    closed.set(true);
    expect([editor.canDraw(), editor.status().canWrite]).toEqual([false, false]);
  });

  it('opens where something is drawn, and stays where one has moved', () => {
    for (const hasMoved of [false, true]) {
      const { editor, stands } = fakeBoard();
      stands({ state: 'opening' });
      editor.scene.add([box(5_000, 5_000)]);
      if (hasMoved) editor.setCamera({ x: 7, y: 7, scale: 1 });
      stands({ state: 'open' });
      expect(editor.centre()).toEqual(hasMoved ? { x: 407, y: 307 } : { x: 5_050, y: 5_025 });
    }
  });

  it('puts copies beside each other, and on another page into the middle of the view', () => {
    const { editor } = fakeBoard();
    const [page = ''] = editor.scene.addPages([document]);
    editor.scene.add([box(0, 0)]);
    editor.commands.selectAll();
    editor.commands.copy();
    editor.commands.paste();
    editor.commands.paste();
    expect(editor.shapes().map(({ x }) => x)).toEqual([0, 24, 48]);
    editor.goTo(page);
    editor.commands.paste();
    const [copy] = editor.shapes();
    expect({ x: copy!.x + 50, y: copy!.y + 25 }).toEqual(editor.centre());
    expect(editor.selection()).toEqual(new Set([copy!.id]));
  });

  it('makes shapes without a pointer, none exactly on top of another', () => {
    const { editor } = fakeBoard();
    for (const tool of ['rectangle', 'ellipse', 'line', 'arrow'] as const) editor.commands.make(tool);
    expect(editor.shapes().map(({ kind }) => kind)).toEqual(['rectangle', 'ellipse', 'line', 'arrow']);
    const centres = editor.shapes().map(({ x, y, width, height }) => `${x + width / 2} ${y + height / 2}`);
    expect(new Set(centres).size).toBe(4);
    expect(editor.tool()).toBe('select');
    expect(editor.selected()[0]?.kind).toBe('arrow');
  });
});

describe('words on the board', () => {
  it('are a shape from the first of them on, and what is empty in the end is none', () => {
    const { editor } = fakeBoard();
    const { writer } = editor;
    writer.begin('text', { x: 10, y: 20 });
    expect([writer.writing()?.words, editor.shapes().length]).toEqual(['', 0]);
    writer.write('café');
    expect(editor.shapes()).toMatchObject([{ kind: 'text', words: 'café', x: 10 }]);
    writer.write('café 日本語');
    writer.finish();
    expect([writer.writing(), editor.shapes()[0]]).toMatchObject([undefined, { words: 'café 日本語' }]);
    writer.resume(editor.shapes()[0]!.id);
    writer.write(' ');
    writer.finish();
    expect(editor.shapes()).toEqual([]);
    editor.undo();
    expect(editor.shapes()).toHaveLength(1);
  });

  it('make their box higher, and are finished by another tool', () => {
    const { editor } = fakeBoard();
    editor.writer.begin('text', { x: 0, y: 0 });
    editor.writer.write('x'.repeat(100));
    editor.use('pen');
    // A thousand wide in lines of 320.
    expect(editor.shapes()[0]!.height).toBe(4 * 20 * 1.3);
    expect(editor.writer.writing()).toBeUndefined();
  });

  it('of a text take no more room than they need, and have it while they are written on', () => {
    const { editor } = fakeBoard();
    const { writer } = editor;
    writer.begin('text', { x: 0, y: 0 });
    writer.write('Hi');
    expect(writer.writing()?.width).toBe(320);
    writer.finish();
    expect(editor.shapes()[0]!.width).toBe(21);
    writer.resume(editor.shapes()[0]!.id);
    expect(writer.writing()?.width).toBe(320);
    writer.write('Hi there');
    writer.finish();
    expect(editor.shapes()[0]).toMatchObject({ width: 81, height: 26 });
    // Somebody has made it narrower on purpose.
    editor.scene.change(new Map([[editor.shapes()[0]!.id, { width: 60, height: 52 }]]));
    writer.resume(editor.shapes()[0]!.id);
    expect(writer.writing()?.width).toBe(60);
    writer.finish();
    expect(editor.shapes()[0]).toMatchObject({ width: 60, height: 52 });
  });

  it('that somebody else deletes meanwhile come back with the next letter', () => {
    const { editor } = fakeBoard();
    editor.writer.begin('note', { x: 0, y: 0 });
    editor.writer.write('one');
    editor.scene.remove(editor.shapes().map(({ id }) => id));
    editor.writer.write('one two');
    editor.writer.finish();
    expect(editor.shapes()).toMatchObject([{ kind: 'note', words: 'one two' }]);
  });
});

describe('showing around', () => {
  const live = { page: 'board', view: { x: 100, y: 100, width: 400, height: 300 } };
  const ben = { connectionId: 'b', userId: 'ben', live };

  it('tells what one sees while one presents, and is repeated for who comes later', () => {
    jest.useFakeTimers();
    const { editor, told } = fakeBoard();
    editor.setCamera({ x: 10, y: 20, scale: 2 });
    expect(told.at(-1)).not.toHaveProperty('view');
    editor.following.present(true);
    expect(told.at(-1)?.view).toEqual({ x: 10, y: 20, width: 400, height: 300 });
    const before = told.length;
    jest.advanceTimersByTime(9_000);
    expect(told.length).toBe(before + 2);
    editor.following.present(false);
    expect(told.at(-1)).not.toHaveProperty('view');
    editor.close();
    jest.useRealTimers();
  });

  it('moves nobody’s view who did not ask for it', () => {
    const { editor, others } = fakeBoard();
    const camera = editor.camera();
    others.next([ben]);
    expect(editor.camera()).toBe(camera);
    expect(editor.following.presenters()).toEqual([{ connectionId: 'b', userId: 'ben' }]);
  });

  it('tells nobody of a view that is followed and has not moved, whatever others do meanwhile', () => {
    const { editor, others, told } = fakeBoard();
    const live = { page: 'board', view: { x: 10, y: 20, width: 400, height: 300 } };
    const ben = { connectionId: 'b', userId: 'ben', live };
    others.next([ben]);
    editor.following.follow('b');
    const before = told.length;
    const camera = editor.camera();
    for (let x = 0; x < 10; x += 1)
      others.next([ben, { connectionId: 'c', userId: 'cleo', live: { page: 'board', cursor: [x, 0] } }]);
    expect(told).toHaveLength(before);
    expect(editor.camera()).toBe(camera);
    others.next([{ ...ben, live: { ...live, view: { ...live.view, x: 11 } } }]);
    expect(editor.camera().x).toBe(camera.x + 1);
  });

  it('follows who presents, over pages, until one moves oneself or they stop', () => {
    const { editor, others } = fakeBoard();
    const [page = ''] = editor.scene.addPages([document]);
    others.next([ben]);
    editor.following.follow('b');
    expect(editor.camera()).toEqual({ x: 100, y: 100, scale: 2 });
    others.next([{ ...ben, live: { page, view: { x: 0, y: 0, width: 800, height: 300 } } }]);
    expect(editor.page().id).toBe(page);
    expect(editor.camera()).toEqual({ x: 0, y: -150, scale: 1 });
    editor.zoom(2);
    expect(editor.following.followed()).toBeUndefined();
    editor.following.follow('b');
    others.next([{ ...ben, live: { page } }]);
    expect(editor.following.followed()).toBeUndefined();
  });
});

describe('what the others are told', () => {
  it('is where the pointer is, what is drawn, made and moved', () => {
    const { editor, told } = fakeBoard();
    const [id = ''] = editor.scene.add([box(0, 0)]);
    editor.cursor({ x: 1, y: 2 });
    editor.show({ moved: { ids: new Set([id]), by: { x: 10, y: 5 } } });
    expect(told.at(-1)).toEqual({ page: 'board', cursor: [1, 2], drafts: [{ id, box: [10, 5, 100, 50, 0] }] });
    const look = { colour: 'red', size: 3, filled: false } as const;
    editor.show({ ink: { ...look, id: 'i', points: [1, 2, 0.5], highlight: false } });
    expect(told.at(-1)?.ink).toEqual({
      id: 'i',
      colour: 'red',
      size: 3,
      highlight: false,
      from: 0,
      points: [1, 2, 0.5],
    });
    editor.show({ boxes: new Map([[id, { x: 1, y: 2, width: 3, height: 4, angle: 5 }]]) });
    expect(told.at(-1)?.drafts).toEqual([{ id, box: [1, 2, 3, 4, 5] }]);
    editor.show(undefined);
    editor.cursor(undefined);
    expect(told.at(-1)).toEqual({ page: 'board' });
  });
});
