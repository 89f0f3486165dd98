import { PDFDocument } from '@cantoo/pdf-lib';
import { BoardScreen, counted, expectSamePage } from './harness/board-screen';
import { expectNoViolations } from './harness/axe';
import { expect, test } from './harness/journey';
import { samplePdf } from './harness/sample-pdf';

const planName = 'plan é 日本語.pdf';

test('[A8] [W7] what is added is put on the board for both, drawn on there, and saved with what was drawn', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben, cleo] = [
    await visit(await register('Ann')),
    await visit(await register('Ben')),
    await register('Cleo'),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const [annDraws, benDraws] = [await BoardScreen.enter(ann.page, id), await BoardScreen.enter(ben.page, id)];
  const photo = await ann.page.screenshot();
  for (const { page } of [ann, ben]) await page.keyboard.press('Alt+5');
  const [annFiles, benFiles] = [ann.page.locator('parley-files-panel'), ben.page.locator('parley-files-panel')];
  const choosing = ann.page.waitForEvent('filechooser');
  await annFiles.getByRole('button', { name: 'Add a file' }).click();
  await (
    await choosing
  ).setFiles([
    { name: planName, mimeType: 'application/pdf', buffer: await samplePdf(3) },
    { name: 'photo.png', mimeType: 'image/png', buffer: photo },
  ]);
  for (const panel of [annFiles, benFiles]) {
    await expect(panel.getByRole('listitem').filter({ hasText: planName })).toContainText('PDF · 3 pages');
    await expect(panel.getByRole('listitem').filter({ hasText: 'photo.png' })).toContainText('PNG');
  }

  await annFiles.getByRole('button', { name: `Put on the board: ${planName}` }).click();
  const pages = (screen: BoardScreen) => screen.page.getByRole('button', { name: /, page \d+ of \d+/ });
  await expect(pages(annDraws)).toHaveAccessibleName(/^plan é 日本語\.pdf, 1 of 3 ?, page 2 of 4$/);
  // Ben’s view stays; the pages are there for him.
  await expect(pages(benDraws)).toHaveAccessibleName(/^Board ?, page 1 of 4$/);
  await benDraws.page.getByRole('button', { name: 'Page after' }).click();
  await expect(pages(benDraws)).toHaveAccessibleName(/^plan é 日本語\.pdf, 1 of 3 ?, page 2 of 4$/);
  await annDraws.press('p');
  await annDraws.look('Red');
  await annDraws.draw([420, 300], [460, 340], [520, 300]);
  const drawn = await expectSamePage([annDraws, benDraws], 1);
  // The page itself is below the ink.
  expect(drawn).toContain('href="data:image/');
  await benDraws.press('h');
  await benDraws.draw([420, 360], [560, 360]);
  expect(counted(await expectSamePage([annDraws, benDraws], 2)).drawn).toBe(2);
  await picture(ben.page, 'board-pdf-ink');
  await expectNoViolations(ben.page);

  const saved = await PDFDocument.load(await benDraws.saved('PDF'));
  expect(saved.getPageCount()).toBe(3);
  const [first, second] = saved.getPages();
  expect(first?.getSize()).toEqual({ width: 420, height: 300 });
  // What was drawn is on the first page alone.
  const streams = (page: typeof first): number => page?.node.normalizedEntries().Contents?.size() ?? 0;
  expect(streams(first)).toBeGreaterThan(streams(second));

  await benFiles.getByRole('button', { name: 'Put on the board: photo.png' }).click();
  await expect(pages(benDraws)).toHaveAccessibleName(/^photo\.png ?, page 5 of 5$/);
  await annDraws.page.getByRole('button', { name: 'Page after' }).click();
  await expect(pages(annDraws)).toHaveAccessibleName(/^plan é 日本語\.pdf, 2 of 3 ?, page 3 of 5$/);
  await annDraws.expectObjects(0);

  // Its address is of no use to who is not in this meeting.
  const link = benFiles.getByRole('link', { name: 'Download photo.png' });
  const address = (await link.getAttribute('href')) ?? '';
  expect((await ben.context.request.get(address)).status()).toBe(200);
  const other = await visit(cleo);
  const { id: another } = await book(cleo, []);
  expect((await other.context.request.get(address)).status()).toBe(404);
  expect((await other.context.request.get(address.replace(id, another))).status()).toBe(404);

  await annFiles.getByRole('button', { name: `Delete ${planName}` }).click();
  const question = ann.page.getByRole('alertdialog');
  await expect(question).toContainText('what was drawn on them stays');
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  for (const panel of [annFiles, benFiles]) await expect(panel.getByRole('listitem')).toHaveCount(1);
  // What was drawn is there without its page.
  await benDraws.press('PageUp', 'PageUp', 'PageUp');
  await benDraws.expectObjects(2);
});
