import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { findIn } from '../../person/directory';
import { elementOf, find } from '../../testing/element';
import { BoardObjects } from './board-objects';
import { placeWords } from './place-words';
import { box, type FakeBoard, fakeBoard } from './testing/fake-board';

const note = { ...box(600, 400), kind: 'note', height: 100, size: 18, words: 'café 👩‍👩‍👧' } as const;

async function show(board: FakeBoard, me = ''): Promise<ComponentFixture<BoardObjects>> {
  const fixture = TestBed.createComponent(BoardObjects);
  fixture.componentRef.setInput('editor', board.editor);
  fixture.componentRef.setInput('person', findIn([{ userId: 'ann', name: 'Ann', colour: '#256f3a' }]));
  fixture.componentRef.setInput('me', me);
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  find(fixture, 'button').click();
  await fixture.whenStable();
  return fixture;
}

function options(fixture: ComponentFixture<unknown>): HTMLElement[] {
  return [...elementOf(fixture).querySelectorAll<HTMLElement>('[role=option]')];
}

function texts(fixture: ComponentFixture<unknown>): string[] {
  return options(fixture).map(({ textContent }) => textContent.trim());
}

async function key(fixture: ComponentFixture<unknown>, name: string, init: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init });
  document.activeElement!.dispatchEvent(event);
  await fixture.whenStable();
}

function focused(): string | undefined {
  return document.activeElement?.textContent.trim();
}

describe('board objects', () => {
  beforeEach(() => {
    Element.prototype.scrollIntoView = () => undefined;
  });

  it('lists what is on the page, the latest first: what, whose and where', async () => {
    const board = fakeBoard();
    board.editor.scene.add([box(0, 0), note]);
    const fixture = await show(board);
    expect(find(fixture, 'button').textContent.trim()).toBe('Objects (2)');
    expect(find(fixture, 'button').getAttribute('aria-expanded')).toBe('true');
    expect(texts(fixture)).toEqual(['Sticky note: café 👩‍👩‍👧, by Ann, bottom right', 'Blue rectangle, by Ann, top left']);
    expect(texts(await show(board, 'ann'))[1]).toBe('Blue rectangle, by you, top left');
  });

  it('selects on the board, and brings it into view', async () => {
    const board = fakeBoard();
    const [near = '', far = ''] = board.editor.scene.add([box(0, 0), box(4_000, 0)]);
    const fixture = await show(board);
    options(fixture)[0]!.click();
    await fixture.whenStable();
    expect([...board.editor.selection()]).toEqual([far]);
    expect([board.editor.tool(), board.editor.centre()]).toEqual(['select', { x: 4_050, y: 25 }]);
    expect(options(fixture).map((each) => each.getAttribute('aria-selected'))).toEqual(['true', 'false']);
    options(fixture)[1]!.dispatchEvent(new MouseEvent('click', { ctrlKey: true }));
    expect([...board.editor.selection()]).toEqual([far, near]);
  });

  it('goes along by arrows, and selects several by Space and Shift', async () => {
    const board = fakeBoard();
    const [one = '', two = '', three = ''] = board.editor.scene.add([box(0, 0), box(200, 0), box(400, 0)]);
    const fixture = await show(board);
    expect(options(fixture).map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    options(fixture)[0]!.focus();
    await key(fixture, ' ');
    await key(fixture, 'ArrowDown');
    expect([...board.editor.selection()]).toEqual([three]);
    await key(fixture, 'ArrowDown', { shiftKey: true });
    expect([...board.editor.selection()]).toEqual([three, one]);
    await key(fixture, ' ');
    expect([...board.editor.selection()]).toEqual([three]);
    await key(fixture, 'Home');
    expect(document.activeElement).toBe(options(fixture)[0]);
    await key(fixture, 'a', { ctrlKey: true });
    expect([...board.editor.selection()]).toEqual([one, two, three]);
    await key(fixture, 'Escape');
    expect(board.editor.selection().size).toBe(0);
  });

  it('deletes, and the focus goes on to the next one', async () => {
    const board = fakeBoard();
    board.editor.scene.add([box(0, 0), { ...box(200, 0), colour: 'red' }, { ...box(400, 0), colour: 'green' }]);
    const fixture = await show(board);
    options(fixture)[1]!.focus();
    await key(fixture, 'Delete');
    expect(texts(fixture).map((each) => each.split(',')[0])).toEqual(['Green rectangle', 'Blue rectangle']);
    expect(focused()).toContain('Blue rectangle');
    await key(fixture, 'Delete');
    expect(focused()).toContain('Green rectangle');
    await key(fixture, 'Delete');
    expect([board.editor.shapes(), focused()]).toEqual([[], 'Objects (0)']);
  });

  it('opens words by Enter, and removes nothing where one may only look', async () => {
    const board = fakeBoard();
    const [id] = board.editor.scene.add([note]);
    const fixture = await show(board);
    let writes = 0;
    fixture.componentInstance.writes.subscribe(() => writes++);
    options(fixture)[0]!.focus();
    await key(fixture, 'Enter');
    expect([board.editor.writer.writing()?.id, writes]).toEqual([id, 1]);
    board.editor.writer.finish();
    board.stands({ canWrite: false });
    await fixture.whenStable();
    await key(fixture, 'Delete');
    await key(fixture, 'Enter');
    expect([board.editor.shapes().length, board.editor.writer.writing(), writes]).toEqual([1, undefined, 1]);
  });

  it('lists 200 of many, and more when asked for', async () => {
    const board = fakeBoard();
    board.editor.scene.add(Array.from({ length: 450 }, (_, at) => box(at, 0)));
    const fixture = await show(board);
    const more = () => elementOf(fixture).querySelectorAll('button')[1];
    expect([options(fixture).length, more()?.textContent.trim()]).toEqual([200, 'Show more (250)']);
    more()!.click();
    await fixture.whenStable();
    more()!.click();
    await fixture.whenStable();
    expect([options(fixture).length, more()]).toEqual([450, undefined]);
  });

  it('has words for nine places', () => {
    const all = { minX: 0, minY: 0, maxX: 900, maxY: 900 };
    const at = (x: number, y: number) => placeWords({ minX: x, minY: y, maxX: x, maxY: y }, all);
    expect([at(0, 0), at(450, 0), at(900, 450), at(450, 450), at(0, 900)]).toEqual([
      'top left',
      'top centre',
      'middle right',
      'in the middle',
      'bottom left',
    ]);
    expect(placeWords(all, all)).toBe('in the middle');
  });
});
