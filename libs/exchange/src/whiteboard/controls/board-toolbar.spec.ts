import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { toolNames } from '../editor/tool-names';
import { elementOf, find } from '../../testing/element';
import { BoardToolbar } from './board-toolbar';
import { box, type FakeBoard, fakeBoard } from './testing/fake-board';

async function show(board: FakeBoard): Promise<ComponentFixture<BoardToolbar>> {
  const fixture = TestBed.createComponent(BoardToolbar);
  fixture.componentRef.setInput('editor', board.editor);
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

function controls(fixture: ComponentFixture<unknown>): HTMLElement[] {
  return [...elementOf(fixture).querySelectorAll<HTMLElement>('.control')];
}

function names(fixture: ComponentFixture<unknown>): (string | null)[] {
  return controls(fixture).map((each) => each.getAttribute('aria-label'));
}

async function press(fixture: ComponentFixture<unknown>, name: string): Promise<void> {
  find(fixture, `[aria-label="${name}"]`).click();
  await fixture.whenStable();
}

function key(name: string): void {
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
}

describe('board toolbar', () => {
  it('has every tool with its key, and what is done at once', async () => {
    const fixture = await show(fakeBoard());
    expect(
      controls(fixture)
        .slice(0, toolNames.length)
        .map(({ dataset }) => dataset.control),
    ).toEqual(toolNames);
    expect(names(fixture).slice(toolNames.length)).toEqual(['Undo', 'Redo', 'Clear page']);
    expect(find(fixture, '[aria-label="Pen"]').getAttribute('aria-keyshortcuts')).toBe('P');
    expect(elementOf(fixture).getAttribute('aria-orientation')).toBe('vertical');
  });

  it('says what is in hand, and takes another', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const pressed = () =>
      controls(fixture)
        .filter((each) => each.getAttribute('aria-pressed') === 'true')
        .map((each) => each.ariaLabel ?? each.getAttribute('aria-label'));
    expect(pressed()).toEqual(['Pen']);
    await press(fixture, 'Sticky note');
    expect([board.editor.tool(), pressed()]).toEqual(['note', ['Sticky note']]);
  });

  it('is one stop of Tab, and the arrow keys, Home and End go along it', async () => {
    const fixture = await show(fakeBoard());
    const stops = () =>
      controls(fixture)
        .filter(({ tabIndex }) => tabIndex === 0)
        .map((each) => each.getAttribute('aria-label'));
    expect(stops()).toEqual(['Select']);
    controls(fixture)[0]!.focus();
    for (const [name, focused] of [
      ['ArrowDown', 'Move the view'],
      ['ArrowRight', 'Pen'],
      ['ArrowUp', 'Move the view'],
      ['End', 'Clear page'],
      ['ArrowDown', 'Select'],
      ['ArrowLeft', 'Clear page'],
      ['Home', 'Select'],
    ] as const) {
      key(name);
      await fixture.whenStable();
      expect([document.activeElement?.getAttribute('aria-label'), stops()]).toEqual([focused, [focused]]);
    }
  });

  it('undoes, does again and clears', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const off = (name: string) => find(fixture, `[aria-label="${name}"]`).getAttribute('aria-disabled');
    expect(['Undo', 'Redo', 'Clear page'].map(off)).toEqual(['true', 'true', 'true']);
    board.editor.scene.add([box(0, 0)]);
    await fixture.whenStable();
    await press(fixture, 'Clear page');
    expect([board.editor.shapes().length, board.editor.news().undo]).toEqual([0, true]);
    await press(fixture, 'Undo');
    expect(board.editor.shapes()).toHaveLength(1);
    await press(fixture, 'Redo');
    expect(board.editor.shapes()).toHaveLength(0);
  });

  it('keeps what only looks for who may only look, and says why the rest is off', async () => {
    const board = fakeBoard();
    board.editor.use('select');
    const fixture = await show(board);
    board.stands({ canWrite: false });
    await fixture.whenStable();
    const usable = controls(fixture).filter((each) => !each.hasAttribute('aria-disabled'));
    expect(usable.map(({ dataset }) => dataset.control)).toEqual(['select', 'hand', 'laser']);
    await press(fixture, 'Pen');
    expect([board.editor.tool(), board.editor.news().text]).toEqual([
      'select',
      'Pen: The meeting is over: the board can be read.',
    ]);
    board.stands({ canWrite: true });
    board.editor.scene.setLocked('board', true);
    await fixture.whenStable();
    await press(fixture, 'Text');
    expect(board.editor.news().text).toBe('Text: This page is locked.');
  });

  it('folds what has no room into More, and shows what is in hand always', async () => {
    const board = fakeBoard({ width: 360, height: 600 });
    const fixture = await show(board);
    expect(names(fixture)).toEqual(['Pen', 'Eraser', 'Select', 'Highlighter', 'Text', 'Undo', 'More tools']);
    await press(fixture, 'More tools');
    const items = [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')];
    const all = [...names(fixture).slice(0, -1), ...items.map(({ textContent }) => textContent.trim())];
    expect(all).toHaveLength(toolNames.length + 3);
    items.find(({ textContent }) => textContent.trim() === 'Laser pointer')!.click();
    await fixture.whenStable();
    expect(board.editor.tool()).toBe('laser');
    expect(names(fixture)).toEqual(['Pen', 'Eraser', 'Select', 'Highlighter', 'Laser pointer', 'Undo', 'More tools']);
  });
});
