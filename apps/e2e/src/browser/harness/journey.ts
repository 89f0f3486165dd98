import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test';
import { booking, type Booking } from '@parley/protocol';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpPerson, ParleyServer } from '@parley/harness';

/** Someone at a browser of their own, signed in. */
export interface Visitor {
  readonly person: HttpPerson;
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface VisitOptions extends BrowserContextOptions {
  /** Another address of the server, for example through a network that can be cut. */
  readonly at?: string;
  /** Another browser than that of the other people. */
  readonly browser?: Browser;
}

interface Fixtures {
  /** Someone new, with an account, at the bookings page of a browser of their own. */
  visit(person: HttpPerson, options?: VisitOptions): Promise<Visitor>;
  register(name: string): Promise<HttpPerson>;
  /** A meeting that is on now. */
  book(host: HttpPerson, guests: readonly HttpPerson[], title?: string): Promise<Booking>;
  /** Keeps a picture of a state, for people to look at. */
  picture(page: Page, name: string): Promise<void>;
}

/** Playwright's `test` with our server and people; one server for all tests, with the demo, on its embedded database. */
export const test = base.extend<Fixtures, { server: ParleyServer }>({
  server: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-journeys-'));
      // Postgres runs as another user than root and has to get in.
      chmodSync(folder, 0o711);
      const server = await ParleyServer.start({
        PARLEY_DATA: folder,
        REGISTRATIONS_PER_ADDRESS: '10000',
        // Some journeys need a long history at once; the raw journeys hold the limit itself to its rule.
        LIMIT_MESSAGE_BURST: '1000',
      });
      await use(server);
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  register: async ({ server }, use) => {
    await use((name) => HttpPerson.register(server, name));
  },

  visit: async ({ browser, server }, use) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    await use(async (person, { at = server.url, browser: own = browser, ...options } = {}) => {
      const context = await own.newContext({ ...options, baseURL: at });
      contexts.push(context);
      context.on('weberror', (error) => complaints.push(String(error.error())));
      context.on('console', (message) => {
        // A blocked script or style is a fault of ours, even when the page still works.
        if (/Content Security Policy|NG0\d|ExpressionChanged/.test(message.text())) complaints.push(message.text());
      });
      const { email, password } = person;
      const answer = await context.request.post('/api/session', { data: { email, password } });
      expect(answer.status()).toBe(200);
      return { person, context, page: await context.newPage() };
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints).toEqual([]);
  },

  book: async ({}, use) => {
    await use((host, guests, title = 'Weekly planning') => {
      const now = Date.now();
      return host.expect(booking, 'POST', '/api/bookings', {
        title,
        startsAt: new Date(now - 5 * 60_000).toISOString(),
        endsAt: new Date(now + 55 * 60_000).toISOString(),
        timeZone: 'Europe/Madrid',
        participants: guests.map(({ email }) => email),
      });
    });
  },

  picture: async ({}, use) => {
    await use(async (page, name) => {
      await page.screenshot({ path: `test-results/screenshots/${name}.png`, animations: 'disabled' });
    });
  },
});

export { expect } from '@playwright/test';
