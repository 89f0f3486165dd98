import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { elementOf, find } from '../../testing/element';
import { BoardLook } from './board-look';
import { box, type FakeBoard, fakeBoard } from './testing/fake-board';

async function show(board: FakeBoard): Promise<ComponentFixture<BoardLook>> {
  const fixture = TestBed.createComponent(BoardLook);
  fixture.componentRef.setInput('editor', board.editor);
  await fixture.whenStable();
  return fixture;
}

function radios(fixture: ComponentFixture<unknown>, group: string): HTMLInputElement[] {
  return [...find(fixture, `[role=radiogroup][aria-label="${group}"]`).querySelectorAll('input')];
}

function chosen(fixture: ComponentFixture<unknown>): (string | null)[] {
  return ['Colour', 'Size']
    .flatMap((group) => radios(fixture, group).filter(({ checked }) => checked))
    .map((each) => each.getAttribute('aria-label'));
}

async function press(fixture: ComponentFixture<unknown>, name: string): Promise<void> {
  find(fixture, `[aria-label="${name}"]`).click();
  await fixture.whenStable();
}

describe('board look', () => {
  it('offers eight colours and four sizes by name, and marks those in use by more than colour', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    expect(radios(fixture, 'Colour').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Black',
      'Grey',
      'Red',
      'Orange',
      'Yellow',
      'Green',
      'Blue',
      'Violet',
    ]);
    expect(radios(fixture, 'Size').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Thin',
      'Medium',
      'Thick',
      'Very thick',
    ]);
    expect(chosen(fixture)).toEqual(['Black', 'Medium']);
    await press(fixture, 'Red');
    await press(fixture, 'Thick');
    expect(board.editor.look()).toMatchObject({ colour: 'red', size: 6 });
    expect(chosen(fixture)).toEqual(['Red', 'Thick']);
    expect(elementOf(fixture).querySelectorAll('.swatch svg')).toHaveLength(1);
  });

  it('is there for tools that draw and for what is selected, and not for who may only look', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const isShown = async (): Promise<boolean> => {
      await fixture.whenStable();
      return elementOf(fixture).querySelector('input') !== null;
    };
    for (const tool of ['select', 'hand', 'eraser', 'laser'] as const) {
      board.editor.use(tool);
      expect([tool, await isShown()]).toEqual([tool, false]);
    }
    board.editor.use('select');
    board.editor.select(new Set(board.editor.scene.add([box(0, 0)])));
    expect([await isShown(), elementOf(fixture).getAttribute('aria-label')]).toEqual([true, '1 object selected']);
    board.stands({ canWrite: false });
    expect(await isShown()).toBe(false);
  });

  it('changes what is selected, and says what all of it has in common', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const ids = board.editor.scene.add([box(0, 0), { ...box(200, 0), colour: 'green' }]);
    board.editor.use('select');
    board.editor.select(new Set(ids));
    await fixture.whenStable();
    expect(chosen(fixture)).toEqual(['Medium']);
    await press(fixture, 'Violet');
    expect(board.editor.shapes().map(({ colour }) => colour)).toEqual(['violet', 'violet']);
    expect(chosen(fixture)).toEqual(['Violet', 'Medium']);
    const filled = find(fixture, '.control.worded');
    expect(filled.getAttribute('aria-pressed')).toBe('false');
    filled.click();
    await fixture.whenStable();
    expect(filled.getAttribute('aria-pressed')).toBe('true');
    expect(board.editor.shapes()).toMatchObject([{ filled: true }, { filled: true }]);
  });

  it('offers filling only where something can be filled', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const offers = async (tool: 'pen' | 'rectangle' | 'ellipse' | 'arrow'): Promise<boolean> => {
      board.editor.use(tool);
      await fixture.whenStable();
      return elementOf(fixture).querySelector('.control.worded') !== null;
    };
    expect([await offers('pen'), await offers('rectangle'), await offers('ellipse'), await offers('arrow')]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('puts what is selected above and below, doubles and deletes it', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const [one = '', other = ''] = board.editor.scene.add([box(0, 0), box(200, 0)]);
    board.editor.use('select');
    board.editor.select(new Set([one]));
    await fixture.whenStable();
    const order = () => board.editor.shapes().map(({ id }) => id);
    await press(fixture, 'Bring to front');
    expect(order()).toEqual([other, one]);
    await press(fixture, 'Send backward');
    expect(order()).toEqual([one, other]);
    await press(fixture, 'Bring forward');
    expect(order()).toEqual([other, one]);
    await press(fixture, 'Send to back');
    expect(order()).toEqual([one, other]);
    await press(fixture, 'Copy');
    board.editor.commands.paste();
    expect(order()).toHaveLength(3);
    await press(fixture, 'Delete');
    board.editor.select(new Set([one]));
    await fixture.whenStable();
    await press(fixture, 'Duplicate');
    expect(order()).toHaveLength(3);
    await press(fixture, 'Delete');
    expect(order()).toEqual([one, other]);
  });
});
