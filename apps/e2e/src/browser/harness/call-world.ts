import type { Browser, BrowserContext, Page } from '@playwright/test';
import { booking } from '@parley/protocol';
import { Coturn, CutNetwork, HttpPerson, ParleyServer } from '@parley/harness';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { CallScreen } from './call-screen';
import { Diary } from './diary';
import { collectLinks, linksOf } from './links';
import { coloursOf, showOwnColour, type Colours } from './own-pictures';
import { watchTiles } from './tile-eye';

/** Milliseconds in which somebody has to get into the call once nothing stands in the way. */
/** Milliseconds in which a page that was loaded again in a call is back in it. */
const COME_BACK_MS = 2_500;

const JOIN_MS = 45_000;

/** Someone in the call, and what they have switched on there: what all others must see. */
export interface Someone {
  readonly person: HttpPerson;
  readonly context: BrowserContext;
  readonly network: CutNetwork;
  readonly diary: Diary;
  page: Page;
  sees: CallScreen;
  isIn: boolean;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  /** The others may not see their address: only relayed paths. */
  relayOnly: boolean;
}

/** Three people with a picture of their own each, their server, their relay, and the network between. */
export class CallWorld {
  readonly people: Someone[] = [];
  /** What nobody may ever see, with the time at which it was seen. */
  readonly wrong: string[] = [];
  bookingId = '';
  private readonly started = Date.now();
  private readonly folder = mkdtempSync(join(tmpdir(), 'parley-faults-'));
  private settings: Readonly<Record<string, string>> = {};
  private server: ParleyServer | undefined;
  private colours: Colours = {};

  private constructor(
    private readonly browser: Browser,
    readonly relay: Coturn | undefined,
    private readonly note: (words: string) => void,
  ) {
    // Postgres runs as another user than root and has to get in.
    chmodSync(this.folder, 0o711);
  }

  /**
   * @param relay whether there is one; not everywhere is a Coturn installed
   * @param note is told what happens, for people to read
   */
  static async open(browser: Browser, relay: boolean, note: (words: string) => void): Promise<CallWorld> {
    const world = new CallWorld(browser, relay ? await Coturn.start() : undefined, note);
    world.settings = {
      PARLEY_DATA: world.folder,
      SESSION_SECRET: 'this journey only, and nobody signs in elsewhere with it',
      REGISTRATIONS_PER_ADDRESS: '10000',
      PARLEY_DEMO: 'false',
      PARLEY_RELAY: 'false',
      ...world.relay?.env,
    };
    world.server = await ParleyServer.start(world.settings);
    await world.invite(['Ann', 'Ben', 'Cleo']);
    return world;
  }

  /** Milliseconds since the beginning. */
  now(): number {
    return Date.now() - this.started;
  }

  say(words: string): void {
    this.note(`${String(this.now()).padStart(7)} ${words}`);
  }

  nameOf(userId: string): string {
    return this.people.find(({ person }) => person.userId === userId)?.person.name ?? userId;
  }

  /** With names in the place of userIds. */
  inWords(words: string): string {
    return this.people.reduce((text, { person }) => text.replaceAll(person.userId, person.name), words);
  }

  /** @param signal SIGKILL: like a crash */
  async restartServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    await server.stop(signal);
    this.server = await ParleyServer.start({ ...this.settings, PORT: new URL(server.url).port });
  }

  /** Loads the page as often as it takes, and joins with what is switched on in the model. */
  async join(someone: Someone): Promise<void> {
    const until = Date.now() + JOIN_MS;
    for (;;) {
      try {
        if (!(await this.isShown(someone))) someone.sees = await CallScreen.enter(someone.page, this.bookingId);
        if (!(await this.cameBack(someone))) {
          await this.openLobby(someone);
          await someone.sees.joinNow();
        }
        someone.isIn = true;
        return;
      } catch (error) {
        const { name } = someone.person;
        this.say(`${name} could not join: ${String(error).slice(0, 300).replace(/\s+/g, ' ')}`);
        if (Date.now() > until) throw error;
        // A click may have gone through and its answer not: then one is in, and begins anew.
        // A page of the browser's own, about a network that is away, may still be on its way.
        await someone.page.goto('about:blank').catch(() => wait(500));
      }
    }
  }

  /** Whether the page joined by itself: whoever reloads in a call is back in it. */
  private async cameBack({ sees }: Someone): Promise<boolean> {
    const until = Date.now() + COME_BACK_MS;
    while (Date.now() < until) {
      if (await sees.controls.isVisible()) return true;
      await wait(100);
    }
    return false;
  }

  /** Also while the same person is in the call with another window. */
  async openLobby({ sees }: Someone): Promise<void> {
    await sees.region.getByRole('button', { name: /^Join (call|here)$/ }).click();
    await expect(sees.lobby).toBeVisible();
  }

  async leave(someone: Someone): Promise<void> {
    await someone.sees.leave();
    someone.isIn = false;
    someone.screen = false;
  }

  /** The host removes someone, who has to be gone for everyone, and invites them again. */
  async removeAndInvite(someone: Someone): Promise<void> {
    const [host] = this.people;
    if (host === undefined || host === someone) return;
    const { userId, email, name } = someone.person;
    const wasIn = someone.isIn;
    const removed = await host.person.request('DELETE', `/api/bookings/${this.bookingId}/participants/${userId}`);
    expect(removed.status).toBe(204);
    someone.isIn = false;
    someone.screen = false;
    for (const { sees, person } of this.people.filter((each) => each !== someone)) {
      await expect(sees.tile(userId), `${name} removed, at ${person.name}`).toHaveCount(0, { timeout: 2_000 });
    }
    await expect(someone.sees.tiles, `${name} removed, there`).toHaveCount(0, { timeout: 2_000 });
    await expect.poll(() => linksOf(someone.page), { timeout: 2_000 }).toEqual([]);
    const added = await host.person.request('POST', `/api/bookings/${this.bookingId}/participants`, { email });
    expect(added.status).toBeLessThan(300);
    if (wasIn) await this.join(someone);
  }

  /** Another window of the same browser. */
  async openWindow(someone: Someone): Promise<void> {
    someone.page = await someone.context.newPage();
    someone.diary.watchSockets(someone.page);
    someone.sees = new CallScreen(someone.page);
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map(({ context }) => context.close()));
    await Promise.all(this.people.map(({ network }) => network.close()));
    await this.server?.stop();
    await this.relay?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Whether the exchange's page is there, and works. */
  private async isShown({ page, sees }: Someone): Promise<boolean> {
    return page.url().includes(this.bookingId) && (await sees.region.isVisible());
  }

  private async invite(names: readonly string[]): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    const people: HttpPerson[] = [];
    for (const name of names) people.push(await HttpPerson.register(server, name));
    const [host, ...guests] = people;
    if (host === undefined) return;
    this.colours = coloursOf(people.map(({ userId }) => userId));
    const { id } = await host.expect(booking, 'POST', '/api/bookings', {
      title: 'A call in a storm ⛈️',
      startsAt: new Date(Date.now() - 5 * 60_000).toISOString(),
      endsAt: new Date(Date.now() + 55 * 60_000).toISOString(),
      timeZone: 'Europe/Madrid',
      participants: guests.map(({ email }) => email),
    });
    this.bookingId = id;
    for (const person of people) await this.seat(person, server);
  }

  private async seat(person: HttpPerson, server: ParleyServer): Promise<void> {
    const network = await CutNetwork.before(server.url);
    const context = await this.browser.newContext({
      baseURL: network.url,
      permissions: ['camera', 'microphone'],
      viewport: { width: 480, height: 640 },
    });
    context.setDefaultTimeout(15_000);
    const { userId, name, email, password } = person;
    const diary = new Diary(() => this.now());
    const complain = (words: string): void => {
      const line = `${this.now()} ${name}: ${this.inWords(words)}`;
      // Seven times a second the same says no more than once.
      const known = this.wrong.some((each) => each.endsWith(line.slice(line.indexOf(' '))));
      if (!known) this.wrong.push(line);
      if (!known) this.say(`!!! ${line}`);
    };
    context.on('weberror', (error) => complain(`page error: ${String(error.error().stack)}`));
    const [camera, screen] = [this.colours[`${userId} camera`], this.colours[`${userId} screen`]];
    if (camera === undefined || screen === undefined) throw new Error(`${name} has no colour.`);
    await showOwnColour(context, camera, screen);
    await diary.watchLinks(context);
    await collectLinks(context);
    await watchTiles(context, this.colours, complain);
    const answer = await context.request.post('/api/session', { data: { email, password } });
    expect(answer.status()).toBe(200);
    const page = await context.newPage();
    diary.watchSockets(page);
    this.people.push({
      ...{ person, context, network, diary, page, sees: new CallScreen(page) },
      ...{ isIn: false, microphone: true, camera: true, screen: false, relayOnly: false },
    });
  }
}
