import { CutNetwork, HttpPerson } from '@parley/harness';
import { setTimeout as wait } from 'node:timers/promises';
import { CallScreen } from './harness/call-screen';
import { expect, small, test } from './harness/call-journey';
import { figure } from './harness/figure';
import type { Visitor } from './harness/journey';
import { linksOf } from './harness/links';
import type { Watched } from './harness/picture-watch';

const frugal = { smallCamera: true, viewport: small } as const;

/** Milliseconds without a further picture that a busy machine is allowed: ten a second are sent. */
const HELD_UP_MS = 2_500;

/** Both in the call, and both see the other move. */
async function together(ann: Visitor, ben: Visitor, bookingId: string): Promise<[CallScreen, CallScreen]> {
  const screens: [CallScreen, CallScreen] = [
    await CallScreen.join(ann.page, bookingId),
    await CallScreen.join(ben.page, bookingId),
  ];
  await Promise.all([screens[0].expectPicture(ben.person.userId), screens[1].expectPicture(ann.person.userId)]);
  return screens;
}

function expectNothingMissed(seen: readonly Watched[]): void {
  for (const { longestStill, missing, states } of seen) {
    expect(missing).toBe(0);
    expect(states).toEqual(['connected']);
    expect(longestStill).toBeLessThan(HELD_UP_MS);
  }
}

test('the socket is cut for 15 s: media never stop, and no tile goes', async ({
  server,
  call,
  register,
  book,
  picture,
}) => {
  test.setTimeout(120_000);
  const network = await CutNetwork.before(server.url);
  const ann = await call(await register('Ann'), { ...frugal, at: network.url });
  const ben = await call(await register('Ben'), frugal);
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = await together(ann, ben, id);
  const watches = [await annSees.watch(ben.person.userId), await benSees.watch(ann.person.userId)];
  network.cut();
  // The 15 seconds of the purpose itself.
  await wait(15_000);
  await picture(ann.page, 'call-without-socket');
  network.restore();
  await expect(ann.page.locator('parley-connection-pill')).toContainText('Connected', { timeout: 45_000 });
  // What is said now arrives: both are in the call as before.
  await annSees.press('Raise hand');
  await expect(benSees.tile(ann.person.userId)).toContainText('Hand raised, number 1');
  const seen = await Promise.all(watches.map((end) => end()));
  figure(
    `without a socket for 15 s: longest time without a picture ${seen.map(({ longestStill }) => longestStill).join(' and ')} ms`,
  );
  expectNothingMissed(seen);
  await Promise.all([ann.context.close(), ben.context.close()]);
  await network.close();
});

test('the server restarts: media never stop, and no tile goes', async ({ serve, call, book }) => {
  test.setTimeout(120_000);
  const first = await serve({ SESSION_SECRET: 'this journey only, and nobody signs in elsewhere with it' });
  const [ann, ben] = [
    await call(await HttpPerson.register(first, 'Ann'), { ...frugal, at: first.url }),
    await call(await HttpPerson.register(first, 'Ben'), { ...frugal, at: first.url }),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = await together(ann, ben, id);
  const watches = [await annSees.watch(ben.person.userId), await benSees.watch(ann.person.userId)];
  const second = first.restart();
  await expect(ann.page.locator('parley-connection-pill')).not.toContainText('Connected');
  await second;
  for (const { page } of [ann, ben]) {
    await expect(page.locator('parley-connection-pill')).toContainText('Connected', { timeout: 45_000 });
  }
  await annSees.press('Raise hand');
  await expect(benSees.tile(ann.person.userId)).toContainText('Hand raised, number 1');
  // Whoever was forgotten by the server has 10 s to come back before others say that they left (U3).
  await wait(10_500);
  const seen = await Promise.all(watches.map((end) => end()));
  figure(
    `a restart of the server: longest time without a picture ${seen.map(({ longestStill }) => longestStill).join(' and ')} ms`,
  );
  expectNothingMissed(seen);
  await Promise.all([ann.context.close(), ben.context.close()]);
});

test('a browser that is killed: its tile goes within the grace period', async ({
  playwright,
  launchOptions,
  call,
  register,
  book,
  picture,
}) => {
  test.setTimeout(120_000);
  const process = await playwright.chromium.launchServer(launchOptions);
  const other = await playwright.chromium.connect(process.wsEndpoint());
  const ann = await call(await register('Ann'), frugal);
  const ben = await call(await register('Ben'), { ...frugal, browser: other });
  const { id } = await book(ann.person, [ben.person]);
  const [annSees] = await together(ann, ben, id);
  const killed = Date.now();
  await process.kill();
  const tile = annSees.tile(ben.person.userId);
  await expect(tile).toHaveAttribute('data-state', 'reconnecting', { timeout: 15_000 });
  await picture(ann.page, 'call-browser-killed');
  await expect(tile).toHaveCount(0, { timeout: 45_000 });
  figure(`a killed browser: its tile went after ${Date.now() - killed} ms`);
  await expect(annSees.tiles).toHaveCount(1);
  expect(await linksOf(ann.page)).toEqual([]);
  await other.close();
});

/** What someone’s page would be who wants to go on listening: it closes nothing and stops nothing. */
function refuseToEnd(): void {
  RTCPeerConnection.prototype.close = () => undefined;
  MediaStreamTrack.prototype.stop = () => undefined;
  RTCRtpSender.prototype.replaceTrack = () => Promise.resolve();
}

for (const hostile of [false, true]) {
  test(`who is removed${hostile ? ', with a page that closes nothing,' : ''} neither hears nor is heard after 2 s`, async ({
    call,
    register,
    book,
    picture,
  }) => {
    const [ann, ben] = [await call(await register('Ann'), frugal), await call(await register('Ben'), frugal)];
    const { id } = await book(ann.person, [ben.person]);
    const annSees = await CallScreen.join(ann.page, id);
    const benSees = await CallScreen.join(ben.page, id);
    await Promise.all([annSees.expectPicture(ben.person.userId), benSees.expectPicture(ann.person.userId)]);
    if (hostile) await ben.page.evaluate(refuseToEnd);
    const removed = Date.now();
    const { status } = await ann.person.request('DELETE', `/api/bookings/${id}/participants/${ben.person.userId}`);
    expect(status).toBe(204);
    await expect(annSees.tile(ben.person.userId)).toHaveCount(0, { timeout: 2_000 });
    await expect.poll(() => linksOf(ann.page), { timeout: 2_000 }).toEqual([]);
    const gone = Date.now() - removed;
    figure(`removed${hostile ? ', hostile' : ''}: the others closed the connection after ${gone} ms`);
    expect(gone).toBeLessThan(2_000);
    await expect(ben.page.getByRole('heading', { name: 'You were removed from this meeting' })).toBeVisible();
    await picture(ben.page, 'call-removed');
    if (hostile) {
      // Its connection is still open, and nothing comes over it any more.
      const received = async (): Promise<number> => (await linksOf(ben.page))[0]?.packets ?? 0;
      const before = await received();
      expect(before).toBeGreaterThan(0);
      await wait(1_000);
      expect(await received()).toBe(before);
    } else expect(await linksOf(ben.page)).toEqual([]);
    await expect(annSees.tiles).toHaveCount(1);
  });
}

test('joined from another window, the call moves there', async ({ call, register, book, picture }) => {
  const [ann, ben] = [await call(await register('Ann'), frugal), await call(await register('Ben'), frugal)];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = await together(ann, ben, id);
  const window = await ann.context.newPage();
  const there = await CallScreen.enter(window, id);
  await expect(there.region).toContainText('You are in the call in another window.');
  await there.region.getByRole('button', { name: 'Join here' }).click();
  await there.joinNow();
  await expect(annSees.region).toContainText('You joined from another window.');
  await expect(annSees.controls).toHaveCount(0);
  await picture(ann.page, 'call-elsewhere');
  await Promise.all([there.expectPicture(ben.person.userId), benSees.expectPicture(ann.person.userId)]);
  await expect(benSees.tiles).toHaveCount(2);
  expect(await linksOf(ann.page)).toEqual([]);
  expect((await linksOf(ben.page)).map(({ state }) => state)).toEqual(['connected']);
  await window.close();
});

test('whoever reloads the page is back in the call, as they were', async ({ call, register, book }) => {
  const [ann, ben] = [await call(await register('Ann'), frugal), await call(await register('Ben'), frugal)];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = await together(ann, ben, id);
  await annSees.press('Mute');
  await ann.page.reload();
  await expect(annSees.control('Unmute')).toBeVisible();
  await Promise.all([annSees.expectPicture(ben.person.userId), benSees.expectPicture(ann.person.userId)]);
  await expect(benSees.tiles).toHaveCount(2);
  // And not once they have left.
  await annSees.leave();
  await ann.page.reload();
  await expect(annSees.region.getByRole('button', { name: 'Join call' })).toBeVisible();
  await expect(benSees.tiles).toHaveCount(1);
});
