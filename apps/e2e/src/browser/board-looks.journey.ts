import { expectNoViolations } from './harness/axe';
import { BoardScreen } from './harness/board-screen';
import { expect, test } from './harness/journey';
import { samplePdf } from './harness/sample-pdf';

const cafe = 'café 👩‍👩‍👧 日本語';

const looks = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 360, height: 740 } },
] as const;

for (const { look, colorScheme, viewport } of looks) {
  test(`no violations on a board: ${look}`, async ({ visit, register, book, picture }) => {
    const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
    const isNarrow = viewport.width < 900;
    const [ann, ben] = [await visit(await register('Ann'), options), await visit(await register('Ben'))];
    const { page } = ann;
    const { id } = await book(ann.person, [ben.person], `Drawing, ${cafe}`);
    const [board, benDraws] = [await BoardScreen.enter(page, id), await BoardScreen.enter(ben.page, id)];
    const show = async (name: string): Promise<void> => {
      await picture(page, `board-${name}-${look}`);
      await expectNoViolations(page);
      const { wide, screen } = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        screen: document.documentElement.clientWidth,
      }));
      expect(wide).toBeLessThanOrEqual(screen);
    };
    await show('empty');

    // Made with keys, so that they are in the middle of whatever is free.
    await board.press('r', 'Enter', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await board.press('o', 'Enter', 'Shift+ArrowDown', 'a', 'Enter', 'Shift+ArrowUp', 'Shift+ArrowUp', 'n', 'Enter');
    await expect(board.words).toBeFocused();
    await page.keyboard.insertText(`A note, ${cafe}`);
    await page.keyboard.press('Escape');
    await board.press('m');
    await board.expectObjects(4);
    await benDraws.press('p');
    await benDraws.look('Violet');
    await benDraws.draw([330, 240], [340, 290], [352, 240]);
    await board.expectObjects(5);
    await expect(page.getByRole('group', { name: '1 object selected' })).toBeVisible();
    await show('busy');
    await page.getByRole('button', { name: /^Objects/ }).click();
    await expect(page.getByRole('listbox')).toBeVisible();
    await show('objects');
    await page.getByRole('button', { name: /^Objects/ }).click();

    await page.keyboard.press('Alt+5');
    const files = page.locator('parley-files-panel');
    const choosing = page.waitForEvent('filechooser');
    await files.getByRole('button', { name: 'Add a file' }).click();
    await (await choosing).setFiles({ name: 'plan é.pdf', mimeType: 'application/pdf', buffer: await samplePdf(2) });
    await files.getByRole('button', { name: 'Put on the board: plan é.pdf' }).click();
    await expect(page.getByRole('button', { name: /^plan é\.pdf, 1 of 2/ })).toBeVisible();
    await expect(board.surface).toHaveAccessibleName(/^Whiteboard, plan é\.pdf, 1 of 2/);
    await board.press('o', 'Enter');
    await board.expectObjects(1);
    await show('document');
    if (isNarrow) {
      await page.keyboard.press('Alt+5');
      await expect(files.locator('canvas:visible')).toHaveCount(1);
      await show('files');
      await page.keyboard.press('Alt+4');
    }

    const origin = new URL(page.url()).origin;
    const ended = await ann.context.request.post(`/api/exchanges/${id}/end`, { headers: { origin } });
    expect(ended.ok()).toBe(true);
    await expect(board.tool('Pen')).toHaveAttribute('aria-disabled', 'true');
    await show('ended');
  });
}
