import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { exchangeFile } from '@parley/protocol';
import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { ExchangeScreen } from './harness/exchange-screen';
import { figure } from './harness/figure';
import { expect, test } from './harness/journey';

const SHEETS = 20;
const MIB = 1024 * 1024;

/** A report with text, drawings and a block in its middle whose colour says which page it is. */
async function report(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let sheet = 1; sheet <= SHEETS; sheet += 1) {
    const page = pdf.addPage([595, 842]);
    for (let line = 0; line < 60; line += 1)
      page.drawText(
        `${sheet}.${line} Plans are nothing, planning is everything; and so on until the end of the line.`,
        {
          x: 40,
          y: 800 - line * 12.5,
          size: 10,
          font,
        },
      );
    for (let bar = 0; bar < 300; bar += 1)
      page.drawLine({
        start: { x: 40 + bar * 1.7, y: 30 },
        end: { x: 40 + bar * 1.7, y: 30 + 30 * (1 + Math.sin(bar / 9 + sheet)) },
        color: rgb(0.2, 0.4, 0.8),
      });
    page.drawRectangle({ x: 247, y: 371, width: 100, height: 100, color: rgb(sheet / 25, 0.2, 0.6) });
  }
  return await pdf.save();
}

/** Waits until the page's own pixels show the block of a sheet. @returns milliseconds of the page's clock */
function shown(page: Page, sheet: number): Promise<number> {
  return page.evaluate(
    async (red) => {
      const isShown = (): boolean =>
        [...document.querySelectorAll<HTMLCanvasElement>('.surface canvas')].some((canvas) => {
          // The sheet is in the middle of what the controls leave free.
          const row =
            canvas.getContext('2d')?.getImageData(0, Math.round(canvas.height / 2), canvas.width, 1).data ?? [];
          for (let at = 0; at < row.length; at += 4)
            if (Math.abs((row[at] ?? 0) - red) < 4 && Math.abs((row[at + 1] ?? 0) - 51) < 4 && row[at + 2] === 153)
              return true;
          return false;
        });
      while (!isShown()) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now();
    },
    (sheet / 25) * 255,
  );
}

/** Resident bytes of everything that draws: all renderers and what stands in for the GPU. */
async function memory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type !== 'browser').map(({ id }) => id);
  return pids.reduce((sum, pid) => sum + resident(pid), 0);
}

/** Of Linux; nothing elsewhere. */
function resident(pid: number): number {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    // It has ended meanwhile, or there is no /proc: only a figure depends on it.
    return 0;
  }
}

test('[A8] a PDF of 20 pages is on the board soon, and turning its pages fills no memory', async ({
  browser,
  visit,
  register,
  book,
}) => {
  test.setTimeout(120_000);
  const ann = await visit(await register('Ann'));
  const { id } = await book(ann.person, []);
  const content = await report();
  const { status, body } = await ann.person.upload(
    `/api/exchanges/${id}/files?name=report.pdf`,
    new Uint8Array(content),
  );
  expect(status).toBe(201);
  expect(exchangeFile.parse(body).pages).toBe(SHEETS);
  const { page } = ann;
  await ExchangeScreen.enter(page, id);
  await page.locator('.tabs').getByRole('button', { name: 'Files' }).click();
  const place = page.getByRole('button', { name: /on the board/ });
  await place.waitFor();
  await page.evaluate(() =>
    addEventListener('click', () => Object.assign(window, { clickedAt: performance.now() }), { capture: true }),
  );
  await place.click();
  const first = await shown(page, 1);
  const clicked = await page.evaluate(() => (window as unknown as { clickedAt: number }).clickedAt);
  const before = await memory(browser);
  const waits: number[] = [];
  const rounds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    let most = 0;
    for (let turn = 1; turn < SHEETS; turn += 1) {
      const sheet = round % 2 === 0 ? turn + 1 : SHEETS - turn;
      const from = await page.evaluate(() => performance.now());
      await page.getByRole('button', { name: round % 2 === 0 ? 'Page after' : 'Page before' }).click();
      waits.push((await shown(page, sheet)) - from);
      most = Math.max(most, await memory(browser));
    }
    rounds.push(most);
  }
  waits.sort((one, other) => one - other);
  figure(
    `a PDF of ${SHEETS} pages (${(content.length / MIB).toFixed(1)} MiB): first page ${Math.round(first - clicked)} ms after the click; ` +
      `another page p50 ${Math.round(waits[Math.floor(waits.length / 2)] ?? NaN)} max ${Math.round(waits.at(-1) ?? NaN)} ms; ` +
      `memory of the browser before ${Math.round(before / MIB)} MiB, most in each of three times through it ` +
      `${rounds.map((bytes) => Math.round(bytes / MIB)).join(', ')} MiB`,
  );
  // The second and third time through cost nothing more than the first, give or take what a garbage collector leaves.
  expect(Math.max(...rounds.slice(1))).toBeLessThan((rounds[0] ?? 0) + 150 * MIB);
});
