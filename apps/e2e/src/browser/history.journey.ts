import { formatTopic } from '@parley/protocol';
import { type HttpPerson, RawSocket } from '@parley/harness';
import type { Page } from '@playwright/test';
import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';

const TOTAL = 160;

async function fill(person: HttpPerson, bookingId: string): Promise<void> {
  const socket = await RawSocket.connect(person);
  const topic = formatTopic('exchange', 'text', bookingId);
  await socket.subscribe(topic);
  for (let number = 1; number <= TOTAL; number += 1) {
    const lines = number % 7 === 0 ? '\na second line 日本語\na third' : '';
    await socket.ask({ action: 'message', topic, store: true, payload: { text: `Number ${number}${lines}` } });
  }
  await socket.close();
}

test('[H1] older messages load without moving what is read', async ({ visit, register, book, picture }) => {
  const [ann, ben] = [await visit(await register('Ann')), await register('Ben')];
  const { id } = await book(ann.person, [ben]);
  await fill(ann.person, id);
  const sees = await ExchangeScreen.enter(ann.page, id);
  await expect(sees.message(`Number ${TOTAL}`)).toBeInViewport();
  const loadedAtFirst = (await sees.texts()).length;
  expect(loadedAtFirst).toBeLessThan(TOTAL);

  // Up by the wheel, as a reader goes, until older ones come; what is in view must stay where it is.
  await sees.log.hover();
  for (let step = 0; step < 200 && (await sees.texts()).length < TOTAL; step += 1) {
    const before = await firstInView(sees);
    await ann.page.mouse.wheel(0, -60);
    await settle(ann.page);
    const now = await sees.log.evaluate(
      (log, key) => log.querySelector(`[data-key="${CSS.escape(key)}"]`)?.getBoundingClientRect().top,
      before.key,
    );
    // The wheel moved it down by at most its own step; a page that came above must not have pushed it further.
    expect((now ?? Number.NaN) - before.top).toBeLessThanOrEqual(61);
    expect((now ?? Number.NaN) - before.top).toBeGreaterThanOrEqual(-1);
  }
  await picture(ann.page, 'exchange-history');
  const texts = await sees.texts();
  expect(texts.map((text) => Number(/\d+/.exec(text)?.[0]))).toEqual(
    Array.from({ length: TOTAL }, (_, index) => index + 1),
  );

  // At the beginning it says so; a new message does not pull a reader down, and the pill leads to it.
  await sees.log.evaluate((log) => log.scrollTo({ top: 0 }));
  await expect(sees.log.getByText('This is the beginning of the conversation.')).toBeInViewport();
  const other = await RawSocket.connect(ben);
  const topic = formatTopic('exchange', 'text', id);
  await other.subscribe(topic);
  await other.ask({ action: 'message', topic, store: true, payload: { text: 'News' } });
  await other.close();
  const pill = ann.page.getByRole('button', { name: /1 new message/ });
  await expect(pill).toBeVisible();
  await expect(sees.message('Number 1')).toBeInViewport();
  await pill.click();
  await expect(sees.message('News')).toBeInViewport();
});

interface Place {
  readonly key: string;
  readonly top: number;
}

/** The first row that is wholly in view, and where it stands. */
function firstInView(sees: ExchangeScreen): Promise<Place> {
  return sees.log.evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    for (const row of log.querySelectorAll<HTMLElement>('[data-key]')) {
      const { top } = row.getBoundingClientRect();
      if (top >= edge) return { key: row.dataset.key ?? '', top };
    }
    throw new Error('No row is in view.');
  });
}

/** Two frames later the browser has scrolled, laid out and painted what it was asked for. */
function settle(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}
