import { CloseCode } from '@parley/protocol';
import { CutNetwork, HttpPerson, ParleyServer } from '@parley/harness';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expectNoViolations } from './harness/axe';
import { ExchangeScreen } from './harness/exchange-screen';
import { figure } from './harness/figure';
import { Gate } from './harness/gate';
import { expect, test } from './harness/journey';

const cafe = 'café 👩‍👩‍👧 日本語';

/** Both lists the same, each message in them once, and all of these. Returns the list. */
async function expectAgreement(screens: readonly ExchangeScreen[], written: readonly string[]): Promise<string[]> {
  const all = [...written].sort();
  for (const screen of screens) {
    await expect.poll(async () => (await screen.texts()).sort(), { timeout: 60_000 }).toEqual(all);
  }
  const [first = [], ...others] = await Promise.all(screens.map((screen) => screen.texts()));
  for (const other of others) expect(other).toEqual(first);
  return first;
}

async function expectSameAfterReload(screens: readonly ExchangeScreen[], agreed: readonly string[]): Promise<void> {
  for (const { page } of screens) {
    await page.reload();
    const again = await ExchangeScreen.on(page);
    await expect.poll(() => again.texts()).toEqual(agreed);
  }
}

test('[H3] [U2] the network is cut for 20 s while both write, and both end with the same list', async ({
  server,
  visit,
  register,
  book,
}) => {
  test.setTimeout(180_000);
  const [near, far] = [await CutNetwork.before(server.url), await CutNetwork.before(server.url)];
  const ann = await visit(await register('Ann'), { at: near.url });
  const ben = await visit(await register('Ben'), { at: far.url });
  // Cleo’s network stays: what she sees of the others must not flicker (U3).
  const cleo = await visit(await register('Cleo'));
  const { id } = await book(ann.person, [ben.person, cleo.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  const cleoSees = await ExchangeScreen.enter(cleo.page, id);
  await expect(cleoSees.people('Here now')).toHaveCount(3);
  const written: string[] = [];
  const bothWrite = async (when: string): Promise<void> => {
    for (const [name, screen] of [['Ann', annSees] as const, ['Ben', benSees] as const]) {
      const text = `${name} ${when}, ${cafe} ${written.length}`;
      written.push(text);
      await screen.write(text);
    }
  };
  await bothWrite('before');
  await expectAgreement([annSees, benSees, cleoSees], written);
  const changes = await watchPeople(cleo.page);

  for (const network of [near, far]) network.cut();
  // The 20 seconds of the purpose itself, written through.
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    await bothWrite('meanwhile');
    await wait(1_500);
  }
  await expect(annSees.connection).toHaveText(/Reconnecting/);
  const restored = Date.now();
  for (const network of [near, far]) network.restore();
  const agreed = await expectAgreement([annSees, benSees, cleoSees], written);
  figure(`after 20 s without a network, ${written.length} messages: both agreed ${Date.now() - restored} ms later`);
  expect(agreed.slice(0, 2).sort()).toEqual(written.slice(0, 2));
  for (const name of ['Ann', 'Ben']) {
    const own = (text: string): boolean => text.startsWith(name);
    expect(agreed.filter(own)).toEqual(written.filter(own));
  }
  expect(await changes()).toEqual([]);
  await expect(cleoSees.notice(/Ann|Ben/)).toHaveCount(0);
  await expectSameAfterReload([annSees, benSees, cleoSees], agreed);
  await Promise.all([ann, ben].map(({ context }) => context.close()));
  await Promise.all([near, far].map((network) => network.close()));
});

test('[H3] one network for both goes while they write, and nothing is lost or doubled', async ({
  server,
  visit,
  register,
  book,
}) => {
  const network = await CutNetwork.before(server.url);
  const ann = await visit(await register('Ann'), { at: network.url });
  const ben = await visit(await register('Ben'), { at: network.url });
  const { id } = await book(ann.person, [ben.person]);
  const screens = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  const written: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    // In the middle of what is on its way: the third and the fourth round are sent and perhaps never answered.
    if (round === 2) network.mute();
    if (round === 4) network.cut();
    for (const [index, screen] of screens.entries()) {
      const text = `${round} from ${index}, ${cafe}`;
      written.push(text);
      await screen.write(text);
    }
  }
  const restored = Date.now();
  network.restore();
  const agreed = await expectAgreement(screens, written);
  figure(`one network for both, ${written.length} messages: both agreed ${Date.now() - restored} ms later`);
  await expectSameAfterReload(screens, agreed);
  await Promise.all([ann, ben].map(({ context }) => context.close()));
  await network.close();
});

test('[C2] [P3] what waits survives a reload, and is delivered once', async ({ visit, register, book, picture }) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const gate = await Gate.on(ann.page);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  await annSees.send('Before');
  await gate.close();
  await expect(annSees.connection).toHaveText(/Reconnecting/);
  const queued = [`One, ${cafe}`, 'Two\nin two lines'];
  for (const text of queued) await annSees.write(text);
  await annSees.field.fill('Not finished');
  await expect(ann.page.locator('parley-connection-pill')).toContainText('2 messages queued');
  await ann.page.reload();
  for (const text of queued) await expect(annSees.message(text)).toContainText('Sending');
  await expect(annSees.field).toHaveValue('Not finished');
  await expect(ann.page.locator('parley-connection-pill')).toContainText('2 messages queued');
  await picture(ann.page, 'exchange-queued-after-reload');
  expect(await benSees.texts()).toEqual(['Before']);

  gate.open();
  await expectAgreement([annSees, benSees], ['Before', ...queued]);
  expect(await benSees.texts()).toEqual(['Before', ...queued]);
  await expectSameAfterReload([annSees, benSees], ['Before', ...queued]);
});

test('[T4] [U3] a network that is away for 3 s makes nobody leave', async ({ server, visit, register, book }) => {
  const network = await CutNetwork.before(server.url);
  const ann = await visit(await register('Ann'), { at: network.url });
  const ben = await visit(await register('Ben'));
  const { id } = await book(ben.person, [ann.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  await annSees.send('Before');
  await expect(benSees.people('Here now')).toHaveCount(2);
  const changes = await watchPeople(ben.page);
  network.cut();
  await expect(annSees.connection).toHaveText(/Reconnecting/);
  await expect(annSees.people('Here now')).toHaveCount(0);
  await expect(ann.page.getByRole('region', { name: 'Here before' }).getByRole('listitem')).toHaveCount(2);
  await wait(3_000);
  network.restore();
  await expect(annSees.connection).toHaveText('Connected', { timeout: 45_000 });
  await expect(annSees.people('Here now')).toHaveCount(2);
  await annSees.send('Back again');
  await expect(benSees.message('Back again')).toHaveCount(1);
  expect(await changes()).toEqual([]);
  await expect(benSees.notice(/Ann/)).toHaveCount(0);
  await ann.context.close();
  await network.close();
});

test('[T4] a connection that another window took over can be taken back', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const ann = await visit(await register('Ann'));
  const { id } = await book(ann.person, []);
  const gate = await Gate.on(ann.page);
  const sees = await ExchangeScreen.enter(ann.page, id);
  // A time or two may be an echo of its own earlier attempts; when it goes on, it is another window.
  for (let times = 0; times < 2; times += 1) {
    await gate.close(CloseCode.replaced);
    gate.open();
    await expect(sees.connection).toHaveText('Connected', { timeout: 45_000 });
  }
  await gate.close(CloseCode.replaced);
  await expect(sees.connection).toHaveText('Open in another window');
  await picture(ann.page, 'exchange-replaced');
  await expectNoViolations(ann.page);
  gate.open();
  await ann.page.getByRole('button', { name: 'Use it here' }).click();
  await expect(sees.connection).toHaveText('Connected');
  await sees.send('Back here');
});

/** @returns what the list of people and the notices have said since, other than at first */
async function watchPeople(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const panel = document.querySelector('parley-people-panel');
    if (panel === null) throw new Error('Nobody is listed.');
    const seen: string[] = [];
    const text = (): string => panel.textContent.replace(/\s+/g, ' ');
    const first = text();
    Object.assign(window, { peopleSeen: seen });
    new MutationObserver(() => {
      if (text() !== first) seen.push(text());
    }).observe(panel, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { peopleSeen: string[] }).peopleSeen);
}

test('[H3] [L4] the server restarts while both write, and nothing is lost', async ({ visit, book, picture }) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'parley-restart-'));
  // Postgres runs as another user than root and has to get in.
  chmodSync(folder, 0o711);
  const env = { PARLEY_DATA: folder, SESSION_SECRET: 'this journey only, and nobody signs in elsewhere with it' };
  const first = await ParleyServer.start(env);
  const [ann, ben] = [
    await visit(await HttpPerson.register(first, 'Ann'), { at: first.url }),
    await visit(await HttpPerson.register(first, 'Ben'), { at: first.url }),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  const written: string[] = [];
  const bothWrite = async (): Promise<void> => {
    for (const screen of [annSees, benSees]) {
      const text = `${written.length}, ${cafe}`;
      written.push(text);
      await screen.write(text);
    }
  };
  for (let round = 0; round < 3; round += 1) await bothWrite();

  const calm = expect(annSees.connection).toHaveText(/The server restarts, back in a moment/);
  const port = new URL(first.url).port;
  const restart = { second: undefined as ParleyServer | undefined, readyAt: 0 };
  const restarting = first
    .stop()
    .then(() => ParleyServer.start({ ...env, PORT: port }))
    .then((second) => Object.assign(restart, { second, readyAt: Date.now() }));
  while (restart.second === undefined) {
    await bothWrite();
    await Promise.race([wait(400), restarting]);
  }
  await calm;
  await bothWrite();
  const agreed = await expectAgreement([annSees, benSees], written);
  figure(
    `a restart under ${written.length} messages: both agreed ${Date.now() - restart.readyAt} ms after it was ready`,
  );
  await expectSameAfterReload([annSees, benSees], agreed);
  await picture(ann.page, 'exchange-after-restart');
  await Promise.all([ann, ben].map(({ context }) => context.close()));
  await restart.second.stop();
  rmSync(folder, { recursive: true, force: true });
});
