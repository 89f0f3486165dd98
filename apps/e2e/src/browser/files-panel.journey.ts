import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import type { Locator, Page } from '@playwright/test';
import { expectNoViolations } from './harness/axe';
import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';

const planName = 'plan é 日本語.pdf';

/** The Files panel of an exchange, as a person sees it. */
class FilesScreen {
  readonly panel: Locator;
  readonly files: Locator;

  private constructor(readonly page: Page) {
    this.panel = page.locator('parley-files-panel');
    this.files = this.panel.getByRole('list', { name: 'Files of this meeting' }).getByRole('listitem');
  }

  static async enter(page: Page, bookingId: string): Promise<FilesScreen> {
    await ExchangeScreen.enter(page, bookingId);
    await page.getByRole('button', { name: 'Files', exact: true }).filter({ visible: true }).click();
    const screen = new FilesScreen(page);
    await expect(screen.panel.getByRole('heading', { name: /^Files/ })).toBeVisible();
    return screen;
  }

  file(name: string): Locator {
    return this.files.filter({ hasText: name });
  }

  async add(...files: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.panel.getByRole('button', { name: 'Add a file' }).click();
    await (await choosing).setFiles([...files]);
  }
}

async function pdf(pages: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page++) {
    document.addPage([595, 842]).drawText(`Page ${page}`, { x: 60, y: 700, size: 60, font });
  }
  return Buffer.from(await document.save());
}

test('[A8] [W7] Ann adds files, Ben has them at once, and each may delete what is theirs', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ben.person, [ann.person]);
  const [annSees, benSees] = [await FilesScreen.enter(ann.page, id), await FilesScreen.enter(ben.page, id)];
  await expect(annSees.panel.getByText('No files yet')).toBeVisible();
  await expectNoViolations(ann.page);

  const plan = await pdf(20);
  const photo = await ann.page.screenshot({ type: 'jpeg' });
  await annSees.add(
    { name: planName, mimeType: 'application/pdf', buffer: plan },
    { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo },
  );
  for (const sees of [annSees, benSees]) {
    await expect(sees.file(planName)).toContainText('PDF · 20 pages');
    await expect(sees.file('photo.jpg')).toContainText('JPEG');
    // Both are drawn small.
    await expect(sees.files.locator('canvas:visible')).toHaveCount(2);
  }
  await expect(annSees.file(planName)).toContainText('Added by you');
  await expect(benSees.file(planName)).toContainText('Added by Ann');
  await expectNoViolations(ben.page);
  await picture(ben.page, 'files-panel');

  const saving = ben.page.waitForEvent('download');
  await benSees
    .file(planName)
    .getByRole('link', { name: `Download ${planName}` })
    .click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe(planName);
  const bytes = await (await saved.createReadStream()).toArray();
  expect(Buffer.concat(bytes as Buffer[]).equals(plan)).toBe(true);

  // Ben is the host; he is asked first.
  await benSees.file('photo.jpg').getByRole('button', { name: 'Delete photo.jpg' }).click();
  await ben.page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(benSees.files).toHaveCount(2);
  await benSees.file('photo.jpg').getByRole('button', { name: 'Delete photo.jpg' }).click();
  await ben.page.getByRole('button', { name: 'Delete', exact: true }).click();
  for (const sees of [annSees, benSees]) await expect(sees.files).toHaveCount(1);
});

test('[A8] what is refused says why, what is stopped leaves nothing, and both can be dismissed', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const ann = await visit(await register('Ann'));
  const { id } = await book(ann.person, []);
  const sees = await FilesScreen.enter(ann.page, id);
  const type = 'application/pdf';
  await sees.add(
    { name: 'page.png', mimeType: 'image/png', buffer: Buffer.from('<html><script>alert(1)</script></html>') },
    { name: 'broken.pdf', mimeType: type, buffer: Buffer.from('%PDF-1.7\nnothing of the kind') },
    { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg onload="alert(1)"/>') },
    { name: 'huge.pdf', mimeType: type, buffer: Buffer.alloc(25 * 1024 * 1024 + 1, '%PDF-1.7 ') },
  );
  await expect(sees.panel.getByRole('alert')).toHaveText(
    [/This is no PDF, PNG, JPEG or WebP/, /damaged/, /This is no PDF, PNG, JPEG or WebP/, /larger than 25 MB/],
    { useInnerText: true },
  );
  await expectNoViolations(ann.page);
  await picture(ann.page, 'files-refused');
  for (const name of ['page.png', 'broken.pdf', 'drawing.svg', 'huge.pdf']) {
    await sees.panel.getByRole('button', { name: `Dismiss: ${name}` }).click();
  }
  await expect(sees.panel.getByText('No files yet')).toBeVisible();

  // A network that takes its time, so that there is something to stop.
  const session = await ann.context.newCDPSession(ann.page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 };
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow);
  await sees.add({ name: 'long.pdf', mimeType: type, buffer: Buffer.concat([await pdf(1), Buffer.alloc(4_000_000)]) });
  const bar = sees.panel.getByRole('progressbar', { name: 'Sending long.pdf' });
  await expect.poll(() => bar.evaluate((element: HTMLProgressElement) => element.value)).toBeGreaterThan(0);
  await picture(ann.page, 'files-sending');
  await sees.panel.getByRole('button', { name: 'Cancel: long.pdf' }).click();
  await expect(sees.panel.getByRole('button', { name: 'Add a file' })).toBeFocused();
  await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 });
  const listed = await ann.context.request.get(`/api/exchanges/${id}/files`);
  expect(await listed.json()).toEqual({ files: [] });
});

test('[A8] a meeting that is over keeps its files, to be read', async ({ visit, register, book }) => {
  const ann = await visit(await register('Ann'), { colorScheme: 'dark', viewport: { width: 390, height: 800 } });
  const { id } = await book(ann.person, []);
  const sees = await FilesScreen.enter(ann.page, id);
  await sees.add({ name: planName, mimeType: 'application/pdf', buffer: await pdf(1) });
  await expect(sees.files).toHaveCount(1);
  await expectNoViolations(ann.page);
  const answer = await ann.context.request.post(`/api/exchanges/${id}/end`, {
    headers: { origin: new URL(ann.page.url()).origin },
  });
  expect(answer.ok()).toBe(true);
  await expect(sees.panel.getByRole('button', { name: 'Add a file' })).toHaveCount(0);
  await expect(sees.files.getByRole('button')).toHaveCount(0);
  await expect(sees.files.getByRole('link', { name: `Download ${planName}` })).toBeVisible();
});
