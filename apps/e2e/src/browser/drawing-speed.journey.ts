import type { Page } from '@playwright/test';
import { ExchangeScreen } from './harness/exchange-screen';
import { figure } from './harness/figure';
import { expect, test } from './harness/journey';
import { seedBoard, strokes } from './harness/seed-board';

declare global {
  interface Window {
    /** Milliseconds: of work in each frame of the board, and between two frames of the page. */
    boardFrames?: { work: { at: number; ms: number }[]; between: number[] };
    seenAt?: Map<number, number>;
  }
}

/** Lets a page write down each of its frames from now on. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames = { work: [] as { at: number; ms: number }[], between: [] as number[] };
    window.boardFrames = frames;
    new PerformanceObserver((list) => {
      for (const { name, startTime, duration } of list.getEntries())
        if (name === 'board-frame') frames.work.push({ at: startTime + duration, ms: duration });
    }).observe({ entryTypes: ['measure'] });
    let before = performance.now();
    const next = (now: number): void => {
      frames.between.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

async function enterBoard(page: Page): Promise<void> {
  await page.locator('.stages').getByRole('button', { name: /Board/ }).click();
  await expect(page.getByRole('button', { name: /^Pen/ })).not.toHaveAttribute('aria-disabled', 'true');
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

const text = (ms: number): string => ms.toFixed(1);

/** How often a board is opened, each time in a fresh page. */
const OPENINGS = 5;

/** @returns milliseconds from the click on its tab to the last frame that drew something of it */
async function openBoard(page: Page, id: string, count: number): Promise<number> {
  await ExchangeScreen.enter(page, id);
  await watchFrames(page);
  const clicked = await page.evaluate(() => performance.now());
  await enterBoard(page);
  await page.locator('parley-board-objects').getByText(`Objects (${count})`).waitFor();
  // The last of its frames: when nothing was drawn for a while.
  const opened = await page.evaluate(async () => {
    const work = window.boardFrames?.work ?? [];
    let last = -1;
    while (work.length !== last || work.length === 0) {
      last = work.length;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    return work.at(-1)?.at ?? NaN;
  });
  return opened - clicked;
}

for (const count of [500, 5_000]) {
  test(`a board of ${count} strokes opens, and is drawn on`, async ({ visit, register, book }) => {
    test.setTimeout(120_000);
    const ann = await visit(await register('Ann'));
    const { id } = await book(ann.person, []);
    await seedBoard(ann.person, id, strokes(count, 1_600, 1_000));
    const { page } = ann;
    const opened: number[] = [];
    for (let time = 1; time < OPENINGS; time += 1) {
      const fresh = await ann.context.newPage();
      opened.push(await openBoard(fresh, id, count));
      await fresh.close();
    }
    opened.push(await openBoard(page, id, count));
    const surface = await page.locator('.surface').boundingBox();
    if (surface === null) throw new Error('There is no surface.');
    await page.keyboard.press('p');
    await page.evaluate(() => {
      window.boardFrames?.work.splice(0);
      window.boardFrames?.between.splice(0);
    });
    await page.mouse.move(surface.x + 350, surface.y + 300);
    await page.mouse.down();
    const moves = 240;
    for (let step = 1; step <= moves; step += 1) {
      const turn = (step / moves) * 12;
      await page.mouse.move(
        surface.x + 500 + Math.cos(turn) * (60 + step / 2),
        surface.y + 330 + Math.sin(turn) * (60 + step / 2),
      );
    }
    await page.mouse.up();
    const { work, between } = await page.evaluate(() => ({
      work: window.boardFrames?.work.map(({ ms }) => ms) ?? [],
      between: window.boardFrames?.between ?? [],
    }));
    expect(work.length).toBeGreaterThan(60);
    await expect(page.locator('parley-board-objects')).toContainText(`Objects (${count + 1})`);
    figure(
      `${count} strokes: open after the click, ${OPENINGS} times: median ${text(percentile(opened, 0.5))} max ` +
        `${text(Math.max(...opened))} ms; while drawing, work of a frame p50 ${text(percentile(work, 0.5))} ` +
        `p95 ${text(percentile(work, 0.95))} ms, between frames p50 ` +
        `${text(percentile(between, 0.5))} p95 ${text(percentile(between, 0.95))} ms (${work.length} frames)`,
    );
  });
}

test('[W5] ink is seen by the other while it is drawn', async ({ visit, register, book }) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  for (const { page } of [ann, ben]) {
    await ExchangeScreen.enter(page, id);
    await enterBoard(page);
  }
  const surface = await ann.page.locator('.surface').boundingBox();
  if (surface === null) throw new Error('There is no surface.');
  const places = Array.from({ length: 60 }, (_, at) => ({ x: 340 + at * 8, y: 280 }));
  // Ben's page looks at its own pixels, with every frame.
  await ben.page.evaluate((watched) => {
    const seen = new Map<number, number>();
    window.seenAt = seen;
    const look = (): void => {
      const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.surface canvas')];
      for (const [at, { x, y }] of watched.entries()) {
        if (seen.has(at)) continue;
        const isInk = canvases.some((canvas) => {
          const ratio = canvas.width / canvas.clientWidth;
          const data = canvas.getContext('2d')?.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data;
          return data !== undefined && (data[3] ?? 0) > 128 && (data[0] ?? 255) < 96;
        });
        if (!isInk) break;
        seen.set(at, performance.timeOrigin + performance.now());
      }
      if (seen.size < watched.length) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, places);
  await ann.page.evaluate(() => {
    const seen = new Map<number, number>();
    window.seenAt = seen;
    addEventListener(
      'pointermove',
      (event) => {
        for (const each of event.getCoalescedEvents())
          seen.set(Math.round(each.clientX), performance.timeOrigin + each.timeStamp);
      },
      { capture: true },
    );
  });
  await ann.page.keyboard.press('p');
  await ann.page.mouse.move(surface.x + 330, surface.y + 280);
  await ann.page.mouse.down();
  for (const { x, y } of places) await ann.page.mouse.move(surface.x + x, surface.y + y);
  await expect.poll(() => ben.page.evaluate(() => window.seenAt?.size ?? 0)).toBeGreaterThan(places.length - 4);
  await ann.page.mouse.up();
  const moved = new Map(await ann.page.evaluate(() => [...(window.seenAt ?? [])]));
  const seen = await ben.page.evaluate(() => [...(window.seenAt ?? [])]);
  const late = seen.flatMap(([at, time]) => {
    const from = moved.get(Math.round(surface.x + (places[at]?.x ?? NaN)));
    return from === undefined ? [] : [time - from];
  });
  expect(late.length).toBeGreaterThan(40);
  figure(
    `remote ink, pointer to pixel of the other page: p50 ${text(percentile(late, 0.5))} p95 ` +
      `${text(percentile(late, 0.95))} max ${text(Math.max(...late))} ms (${late.length} places)`,
  );
});
