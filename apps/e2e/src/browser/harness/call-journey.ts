import type { Browser } from '@playwright/test';
import { test as base, type VisitOptions, type Visitor } from './journey';
import { collectLinks } from './links';
import type { HttpPerson } from '@parley/harness';

/** A camera, microphones and speakers of the browser's own: ten pictures a second are enough to see that they move. */
export const fakeDevices = '--use-fake-device-for-media-stream=fps=10';

/** Answers every question for devices and screens with yes. */
export const saysYes = '--use-fake-ui-for-media-stream';

/** Small enough that six of them fit on one small machine. */
export const small = { width: 480, height: 640 } as const;

interface CallFixtures {
  /** Someone whose browser has devices and lets every page use them. */
  call(person: HttpPerson, options?: VisitOptions): Promise<Visitor>;
  /** A browser that has the same devices, and asks; where a context was given no permission, the answer is no. */
  askingBrowser: Browser;
}

/** Playwright's `test` with fake devices. */
export const test = base.extend<CallFixtures, object>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), fakeDevices, saysYes] });
    },
    { scope: 'worker' },
  ],

  call: async ({ visit }, use) => {
    await use(async (person, options = {}) => {
      const visitor = await visit(person, { permissions: ['camera', 'microphone'], ...options });
      await collectLinks(visitor.context);
      return visitor;
    });
  },

  askingBrowser: async ({ playwright, launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((arg) => arg !== saysYes);
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    await use(browser);
    await browser.close();
  },
});

export { expect } from './journey';
