import type { Browser } from '@playwright/test';
import { Coturn, ParleyServer, type HttpPerson } from '@parley/harness';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type VisitOptions, type Visitor } from './journey';
import { collectLinks } from './links';
import { voice } from './voice';

/** Cameras, microphones and speakers of the browser's own: ten pictures a second are enough to see that they move. */
const fakeDevices = '--use-fake-device-for-media-stream=fps=10,device-count=3';

/** Answers every question for devices and screens with yes. */
const saysYes = '--use-fake-ui-for-media-stream';

/** Drawing large pages costs more than the calls in them. */
export const small = { width: 480, height: 480 } as const;

export interface CallOptions extends VisitOptions {
  /** A camera of 320x240 at 10 pictures a second: several people fit on one small machine. */
  readonly smallCamera?: boolean;
}

interface Restartable {
  /** Stops it as an operator would, and starts it again at the same address with the same data. */
  restart(): Promise<void>;
}

interface CallFixtures {
  /** Someone whose browser has devices and lets every page use them. */
  call(person: HttpPerson, options?: CallOptions): Promise<Visitor>;
  /** A browser that has the same devices, and asks; where a context was given no permission, the answer is no. */
  askingBrowser: Browser;
  /** Another server than that of the other journeys, with settings and data of its own. */
  serve(env: Readonly<Record<string, string>>): Promise<ParleyServer & Restartable>;
  /** A real relay. */
  relay(options?: Parameters<typeof Coturn.start>[0]): Promise<Coturn>;
}

/** Playwright's `test` with fake devices, and relays. Name servers and relays before people: those leave first then. */
export const test = base.extend<CallFixtures, object>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-voice-'));
      const heard = join(folder, 'voice.wav');
      writeFileSync(heard, voice());
      const microphone = `--use-file-for-fake-audio-capture=${heard}`;
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), fakeDevices, microphone, saysYes] });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  call: async ({ visit }, use) => {
    await use(async (person, { smallCamera = false, ...options } = {}) => {
      const visitor = await visit(person, { permissions: ['camera', 'microphone'], ...options });
      await collectLinks(visitor.context);
      if (smallCamera) await visitor.context.addInitScript(makeCameraSmall);
      return visitor;
    });
  },

  askingBrowser: async ({ playwright, launchOptions }, use) => {
    const args = (launchOptions.args ?? []).filter((arg) => arg !== saysYes);
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    await use(browser);
    await browser.close();
  },

  serve: async ({}, use) => {
    const servers: ParleyServer[] = [];
    const folders: string[] = [];
    await use(async (env) => {
      const folder = mkdtempSync(join(tmpdir(), 'parley-call-'));
      folders.push(folder);
      // Postgres runs as another user than root and has to get in.
      chmodSync(folder, 0o711);
      const settings = { PARLEY_DATA: folder, REGISTRATIONS_PER_ADDRESS: '10000', ...env };
      const server = await ParleyServer.start(settings);
      servers.push(server);
      return Object.assign(server, {
        restart: async () => {
          await server.stop();
          servers.push(await ParleyServer.start({ ...settings, PORT: new URL(server.url).port }));
        },
      });
    });
    await Promise.all(servers.map((server) => server.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },

  relay: async ({}, use, info) => {
    info.skip(process.env.PARLEY_COTURN === 'skip', 'There is no Coturn here.');
    const relays: Coturn[] = [];
    await use(async (options) => {
      const relay = await Coturn.start(options);
      relays.push(relay);
      return relay;
    });
    await Promise.all(relays.map((relay) => relay.stop()));
  },
});

function makeCameraSmall(): void {
  // A page that is still empty has no devices.
  if (!isSecureContext) return;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wanted = {}) => {
    if (typeof wanted.video !== 'object') return ask(wanted);
    return ask({ ...wanted, video: { ...wanted.video, width: 320, height: 240, frameRate: 10 } });
  };
}

export { expect } from './journey';
