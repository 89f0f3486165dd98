import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { OtherLive } from '@parley/board';
import { findIn } from '../../person/directory';
import { elementOf, find } from '../../testing/element';
import { BoardPages, type ExportKind } from './board-pages';
import { type FakeBoard, fakeBoard } from './testing/fake-board';

const person = findIn([{ userId: 'ben', name: 'Ben café', colour: '#256f3a' }]);
const sheets = [1, 2].map((sheet) => ({
  id: `sheet-${sheet}`,
  kind: 'document' as const,
  name: `plan 日本語.pdf, ${sheet} of 2`,
  file: '00000000-0000-4000-8000-00000000000a',
  sheet,
  width: 600,
  height: 800,
}));

async function show(board: FakeBoard): Promise<ComponentFixture<BoardPages>> {
  const fixture = TestBed.createComponent(BoardPages);
  fixture.componentRef.setInput('editor', board.editor);
  fixture.componentRef.setInput('person', person);
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

async function press(fixture: ComponentFixture<unknown>, name: string): Promise<void> {
  find(fixture, `[aria-label="${name}"]`).click();
  await fixture.whenStable();
}

function items(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[mat-menu-item]')];
}

async function choose(fixture: ComponentFixture<unknown>, name: string): Promise<void> {
  items()
    .find(({ textContent }) => textContent.trim() === name)!
    .click();
  await fixture.whenStable();
}

function title(fixture: ComponentFixture<unknown>): string {
  return find(fixture, '.name').textContent.replace(/\s+/g, ' ').replace(/ , /g, ', ').trim();
}

function presenting(userId: string, connectionId: string): OtherLive {
  return { userId, connectionId, live: { page: 'board', view: { x: 100, y: 100, width: 400, height: 300 } } };
}

describe('board pages', () => {
  it('turns to the page before and after, and says where it is', async () => {
    const board = fakeBoard();
    board.editor.scene.addPages(sheets);
    const fixture = await show(board);
    expect(title(fixture)).toBe('Board, page 1 of 3');
    expect(find(fixture, '[aria-label="Page before"]').getAttribute('aria-disabled')).toBe('true');
    await press(fixture, 'Page before');
    await press(fixture, 'Page after');
    expect(title(fixture)).toBe('plan 日本語.pdf, 1 of 2, page 2 of 3');
    expect(board.editor.news().text).toBe('plan 日本語.pdf, 1 of 2, page 2 of 3.');
    await press(fixture, 'Page before');
    expect(board.editor.page().id).toBe('board');
  });

  it('lists all pages, with the one that is seen', async () => {
    const board = fakeBoard();
    board.editor.scene.addPages(sheets);
    const fixture = await show(board);
    find(fixture, '.name').click();
    await fixture.whenStable();
    expect(items().map((each) => [each.textContent.trim(), each.getAttribute('aria-checked')])).toEqual([
      ['Board', 'true'],
      ['plan 日本語.pdf, 1 of 2', 'false'],
      ['plan 日本語.pdf, 2 of 2', 'false'],
    ]);
    await choose(fixture, 'plan 日本語.pdf, 2 of 2');
    expect(board.editor.page().id).toBe('sheet-2');
  });

  it('locks and unlocks the page, and says so; not for who may only look', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    await press(fixture, 'Lock page');
    expect([board.editor.page().locked, title(fixture)]).toEqual([true, 'Board, page 1 of 1, locked']);
    expect(board.editor.news().text).toContain('locked');
    await press(fixture, 'Unlock page');
    expect(board.editor.page().locked).toBe(false);
    board.stands({ canWrite: false });
    await fixture.whenStable();
    await press(fixture, 'Lock page');
    expect(board.editor.page().locked).toBe(false);
  });

  it('removes a page of a document, which undo brings back; never the first one', async () => {
    const board = fakeBoard();
    board.editor.scene.addPages(sheets);
    const fixture = await show(board);
    expect(elementOf(fixture).querySelector('[aria-label="More of this board"]')).toBeNull();
    board.editor.goTo('sheet-2');
    await fixture.whenStable();
    await press(fixture, 'More of this board');
    await choose(fixture, 'Remove this page');
    expect(board.editor.pages().map(({ id }) => id)).toEqual(['board', 'sheet-1']);
    expect(board.editor.news()).toEqual({ text: 'plan 日本語.pdf, 2 of 2 is removed from the board.', undo: true });
    board.editor.undo();
    expect(board.editor.pages()).toHaveLength(3);
  });

  it.each([
    ['wide', { width: 800, height: 600 }],
    ['narrow', { width: 360, height: 600 }],
  ])('asks for a file and for saving where it is %s', async (room, viewport) => {
    const fixture = await show(fakeBoard(viewport));
    const asked: (ExportKind | 'add')[] = [];
    fixture.componentInstance.add.subscribe(() => asked.push('add'));
    fixture.componentInstance.exported.subscribe((kind) => asked.push(kind));
    if (room === 'wide') {
      await press(fixture, 'Add a file');
      await press(fixture, 'Save as');
    } else {
      await press(fixture, 'More of this board');
      await choose(fixture, 'Add a file');
      await press(fixture, 'More of this board');
    }
    await choose(fixture, 'Save as PDF, all pages');
    expect(asked).toEqual(['add', 'pdf-all']);
  });

  it('shows others this view, and follows who shows theirs', async () => {
    const board = fakeBoard();
    const fixture = await show(board);
    const banner = () => find(fixture, 'parley-board-follow').textContent.replace(/\s+/g, ' ').trim();
    await press(fixture, 'Show others this view');
    expect([board.told.at(-1)?.view !== undefined, banner()]).toEqual([true, 'You show everyone this viewStop']);
    board.others.next([presenting('ben', 'connection-1')]);
    await fixture.whenStable();
    expect(banner()).toContain('Ben café shows you around');
    await press(fixture, 'Follow Ben café');
    expect([board.editor.following.followed(), board.told.at(-1)?.view]).toEqual(['connection-1', undefined]);
    expect(banner()).toContain('Following Ben café');
    find(fixture, 'parley-board-follow button').click();
    await fixture.whenStable();
    expect(board.editor.following.followed()).toBeUndefined();
    board.others.next([]);
    await fixture.whenStable();
    expect(banner()).toBe('');
  });
});
