import type { CDPSession } from '@playwright/test';
import { BoardScreen, expectSamePage, type Place } from './harness/board-screen';
import { expect, test } from './harness/journey';

test('[W5] Ann shows Ben around as long as he likes; a locked page says why; a cleared one comes back', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const [annDraws, benDraws] = [await BoardScreen.enter(ann.page, id), await BoardScreen.enter(ben.page, id)];
  await annDraws.press('r');
  await annDraws.draw([400, 200], [500, 260]);
  await benDraws.expectObjects(1);

  // The laser is seen while it moves, and Ann’s pointer has her name: neither is on the board.
  await annDraws.press('k');
  await annDraws.page.getByRole('button', { name: 'Show others this view' }).click();
  await annDraws.draw([600, 200], [700, 300]);
  await picture(ben.page, 'board-remote-laser');
  const zoom = benDraws.page.getByRole('button', { name: /Zoom to 100 %$/ });
  await expect(zoom).toHaveAccessibleName(/^100 %/);
  await annDraws.press('+', '+');
  await expect(annDraws.page.getByRole('button', { name: /Zoom to 100 %$/ })).toHaveAccessibleName(/^156 %/);
  // Nobody’s view moves before they want it.
  await expect(zoom).toHaveAccessibleName(/^100 %/);
  await benDraws.page.getByRole('button', { name: 'Follow Ann' }).click();
  await expect(zoom).toHaveAccessibleName(/^156 %/);
  await annDraws.press('-');
  await expect(zoom).toHaveAccessibleName(/^125 %/);
  await picture(ben.page, 'board-following');
  // Ben looks elsewhere by himself: from then on he is not led any more.
  await benDraws.surface.hover({ position: { x: 500, y: 300 } });
  await ben.page.mouse.wheel(0, 120);
  await expect(benDraws.page.getByRole('button', { name: 'Follow Ann' })).toBeVisible();
  await annDraws.press('+', '+');
  await expect(annDraws.page.getByRole('button', { name: /Zoom to 100 %$/ })).toHaveAccessibleName(/^195 %/);
  await expect(zoom).toHaveAccessibleName(/^125 %/);
  await annDraws.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(benDraws.page.getByRole('button', { name: 'Follow Ann' })).toHaveCount(0);

  await annDraws.page.getByRole('button', { name: 'Lock page' }).click();
  await expect(benDraws.status).toHaveText('This page is locked');
  await benDraws.press('p');
  await benDraws.draw([400, 400], [500, 450]);
  await expect(benDraws.tool('Pen')).toHaveAttribute('aria-disabled', 'true');
  // To whoever presses it all the same, it says why not.
  await benDraws.tool('Pen').press('Enter');
  await expect(ben.page.locator('parley-board-news').getByRole('status')).toHaveText('Pen: This page is locked.');
  await picture(ben.page, 'board-locked');
  await expectSamePage([annDraws, benDraws], 1);
  await benDraws.page.getByRole('button', { name: 'Unlock page' }).click();
  await expect(annDraws.tool('Pen')).not.toHaveAttribute('aria-disabled');

  await annDraws.tool('Clear page').click();
  await benDraws.expectObjects(0);
  const offer = ann.page.locator('parley-board-news');
  await expect(offer).toContainText('Everything on this page is cleared.');
  await picture(ann.page, 'board-cleared');
  await offer.getByRole('button', { name: 'Undo' }).click();
  await expectSamePage([annDraws, benDraws], 1);
});

test('on a phone one finger draws, two move and zoom the view, and every tool is in reach', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const ann = await visit(await register('Ann'), {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const { id } = await book(ann.person, []);
  const board = await BoardScreen.enter(ann.page, id);
  const session = await ann.context.newCDPSession(ann.page);
  await board.tool('Pen').tap();
  await touch(board, session, [[60, 140]], [[160, 220]]);
  await board.expectObjects(1);
  await touch(board, session, [[60, 240]], [[160, 300]]);
  await board.expectObjects(2);
  await picture(ann.page, 'board-phone-drawn');

  const zoom = ann.page.getByRole('button', { name: /^Zoom, / });
  await expect(zoom).toHaveAccessibleName('Zoom, 100 %');
  await touch(board, session, [[140, 200], [220, 300]], [[100, 140], [260, 360]]); // prettier-ignore
  await expect(zoom).not.toHaveAccessibleName('Zoom, 100 %');
  await board.expectObjects(2);

  // At hand or below More: each of them, and each can be taken.
  for (const name of ['Select', 'Move the view', 'Highlighter', 'Eraser', 'Rectangle', 'Ellipse', 'Line', 'Arrow']) {
    await take(board, name);
  }
  for (const name of ['Text', 'Sticky note', 'Laser pointer', 'Pen']) await take(board, name);
  await ann.page.getByRole('button', { name: 'More tools' }).tap();
  for (const name of ['Redo', 'Clear page']) {
    await expect(ann.page.getByRole('menuitem', { name, exact: true })).toBeVisible();
  }
  await ann.page.keyboard.press('Escape');
  await board.tool('Undo').tap();
  await board.expectObjects(1);
});

async function take(board: BoardScreen, name: string): Promise<void> {
  const { page } = board;
  if ((await board.tool(name).count()) > 0) await board.tool(name).tap();
  else {
    await page.getByRole('button', { name: 'More tools' }).tap();
    await page.getByRole('menuitemradio', { name, exact: true }).tap();
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await expect(board.tool(name)).toHaveAttribute('aria-pressed', 'true');
}

/** Fingers go down, move and are lifted. */
async function touch(
  board: BoardScreen,
  session: CDPSession,
  from: readonly Place[],
  to: readonly Place[],
): Promise<void> {
  const box = await board.surface.boundingBox();
  if (box === null) throw new Error('The board is not in view.');
  const points = (part: number): { x: number; y: number; id: number }[] =>
    from.map(([x, y], id) => {
      const [toX, toY] = to[id] ?? [x, y];
      return { x: box.x + x + (toX - x) * part, y: box.y + y + (toY - y) * part, id };
    });
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(0) });
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(part) });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
