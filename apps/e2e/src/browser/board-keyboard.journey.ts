import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { BoardScreen, shapesOf } from './harness/board-screen';
import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';
import { tabTo } from './harness/tab-to';

const cafe = 'café 👩‍👩‍👧 日本語';
const tools: readonly (readonly [key: string, name: string])[] = [
  ['v', 'Select'],
  ['g', 'Move the view'],
  ['p', 'Pen'],
  ['h', 'Highlighter'],
  ['e', 'Eraser'],
  ['r', 'Rectangle'],
  ['o', 'Ellipse'],
  ['l', 'Line'],
  ['a', 'Arrow'],
  ['t', 'Text'],
  ['n', 'Sticky note'],
  ['k', 'Laser pointer'],
];

/** What has the focus is never nothing. */
async function expectFocus(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.activeElement?.tagName ?? '')).not.toBe('BODY');
}

/** The page that is in view, as SVG, saved without a pointer. */
async function savedByKeys(page: Page): Promise<string> {
  await tabTo(page, page.getByRole('button', { name: 'Save as', exact: true }));
  await page.keyboard.press('Enter');
  const item = page.getByRole('menuitem', { name: /SVG/ });
  await expect(item).toBeVisible();
  while (!(await item.evaluate((element) => element === document.activeElement)))
    await page.keyboard.press('ArrowDown');
  const downloads = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const saved = await readFile(await (await downloads).path(), 'utf8');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Save as', exact: true })).toBeFocused();
  return saved;
}

test('a board needs no pointer: every tool, and shapes that are made, changed, listed and deleted', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const ann = await visit(await register('Ann'));
  const { id } = await book(ann.person, []);
  const { page } = ann;
  const { keyboard } = page;
  await ExchangeScreen.enter(page, id);
  await keyboard.press('Alt+4');
  const board = await BoardScreen.on(page);
  await expect(board.surface).toBeFocused();

  for (const [key, name] of tools) {
    await keyboard.press(key);
    await expect(board.tool(name)).toHaveAttribute('aria-pressed', 'true');
    await expect(board.surface).toBeFocused();
  }
  // The same with the toolbar: one stop for Tab, arrow keys within.
  const inTools = board.tools.locator('button[tabindex="0"]');
  await expect(inTools).toHaveCount(1);
  await tabTo(page, inTools);
  await keyboard.press('Home');
  for (const [, name] of tools) {
    await expect(board.tool(name)).toBeFocused();
    await keyboard.press('Enter');
    await expect(board.tool(name)).toHaveAttribute('aria-pressed', 'true');
    await keyboard.press('ArrowDown');
  }
  for (const name of ['Undo', 'Redo', 'Clear page']) {
    await expect(board.tool(name)).toBeFocused();
    await keyboard.press('ArrowDown');
  }
  await tabTo(page, board.surface, 'Shift+Tab');

  const shape = async (): Promise<string> => shapesOf(await savedByKeys(page))[0] ?? '';
  const afterKeys = async (...keys: readonly string[]): Promise<string> => {
    await tabTo(page, board.surface, 'Shift+Tab');
    for (const key of keys) await keyboard.press(key);
    return await shape();
  };
  await keyboard.press('r');
  await keyboard.press('Enter');
  await board.expectObjects(1);
  const steps = [
    await shape(),
    // Moved, made larger, turned.
    await afterKeys('ArrowRight', 'Shift+ArrowDown'),
    await afterKeys('Alt+Shift+ArrowRight'),
    await afterKeys('.', '.'),
  ];
  expect(new Set(steps).size).toBe(4);

  await tabTo(page, board.surface, 'Shift+Tab');
  const colour = page.getByRole('radiogroup', { name: 'Colour' });
  await tabTo(page, colour.getByRole('radio', { checked: true }));
  await keyboard.press('ArrowRight');
  await expect(colour.getByRole('radio', { name: 'Violet' })).toBeChecked();
  expect(await shape()).toContain('#7b35c4');
  await picture(page, 'board-keyboard');

  await tabTo(page, board.surface, 'Shift+Tab');
  await keyboard.press('n');
  await keyboard.press('Enter');
  await expect(board.words).toBeFocused();
  await keyboard.insertText(`First, ${cafe}`);
  // A letter is a letter there, and no tool.
  await keyboard.type(' pen');
  await keyboard.press('Escape');
  await expect(board.surface).toBeFocused();
  await board.expectObjects(2);

  // The list of what is there: it selects, opens words, and deletes.
  await tabTo(page, page.getByRole('button', { name: /^Objects/ }));
  await keyboard.press('Enter');
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options).toHaveText([/Sticky note: First, café .* pen.*by you/, /Violet rectangle.*by you/]);
  await tabTo(page, options.first());
  await keyboard.press('Space');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(board.words).toBeFocused();
  await keyboard.type('!');
  await keyboard.press('Escape');
  await expectFocus(page);
  await expect(options.first()).toContainText('pen!');
  await tabTo(page, options.first());
  await keyboard.press('ArrowDown');
  await expect(options.nth(1)).toBeFocused();
  await keyboard.press('Delete');
  await board.expectObjects(1);
  await expect(options).toHaveCount(1);
  await expectFocus(page);
  await keyboard.press('Control+z');
  await board.expectObjects(2);
  await expectFocus(page);

  await tabTo(page, board.surface, 'Shift+Tab');
  await keyboard.press('m');
  await keyboard.press('Delete');
  await board.expectObjects(1);
  await keyboard.press('Control+z');
  await board.expectObjects(2);
  // Escape lets go of what is selected, then of the tool, and leads nowhere else.
  await keyboard.press('m');
  await keyboard.press('Escape');
  await expect(page.getByRole('group', { name: /selected/ })).toHaveCount(0);
  await keyboard.press('p');
  await keyboard.press('Escape');
  await expect(board.tool('Select')).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press('Escape');
  await expect(board.surface).toBeFocused();
  await keyboard.press('Alt+1');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await keyboard.press('Alt+4');
  await expect(board.surface).toBeFocused();
});
