import type { Coturn, ParleyServer } from '@parley/harness';
import { HttpPerson } from '@parley/harness';
import { iceServers } from '@parley/protocol';
import { turnCredentials } from '@parley/turn';
import { CallScreen } from './harness/call-screen';
import { expect, small, test } from './harness/call-journey';
import { figure } from './harness/figure';
import { candidateErrors, linksOf } from './harness/links';
import type { Visitor } from './harness/journey';

type Options = Parameters<typeof Coturn.start>[0];

/** Someone who lets only relayed paths be used, in the call. */
async function joinByRelay(page: CallScreen['page'], bookingId: string, check: RegExp | string): Promise<CallScreen> {
  const sees = await CallScreen.enter(page, bookingId);
  await sees.openLobby();
  await sees.lobby.getByRole('checkbox', { name: 'Always use the relay' }).check();
  await expect(sees.lobby.getByRole('status', { name: 'Connection check' })).toHaveText(check);
  return sees;
}

/** Ann, who hosts, and Ben at this server. */
async function two(
  server: ParleyServer,
  call: (person: HttpPerson, options: { at: string; smallCamera: boolean }) => Promise<Visitor>,
): Promise<{ ann: Visitor; ben: Visitor }> {
  const [ann, ben] = [await HttpPerson.register(server, 'Ann'), await HttpPerson.register(server, 'Ben')];
  const options = { at: server.url, smallCamera: true, viewport: small };
  return { ann: await call(ann, options), ben: await call(ben, options) };
}

for (const [transport, options, path, check] of [
  ['UDP', { transports: ['udp'] }, 'relay/relay udp', 'The connection is fine.'],
  ['TCP', { transports: ['tcp'] }, 'relay/relay tcp', /^The connection works/],
] as const satisfies readonly (readonly [string, Options, string, RegExp | string])[]) {
  test(`only by relay, over ${transport}: the pair is ${path}, and pictures come`, async ({
    serve,
    relay,
    call,
    book,
    picture,
  }) => {
    const coturn = await relay(options);
    const { ann, ben } = await two(await serve(coturn.env), call);
    const { id } = await book(ann.person, [ben.person]);
    const annSees = await joinByRelay(ann.page, id, check);
    const benSees = await joinByRelay(ben.page, id, check);
    await annSees.joinNow();
    const joined = Date.now();
    await benSees.joinNow();
    await Promise.all([annSees.expectPicture(ben.person.userId), benSees.expectPicture(ann.person.userId)]);
    figure(`by relay over ${transport}: moving pictures on both sides ${Date.now() - joined} ms after joining`);
    for (const { page } of [ann, ben]) expect((await linksOf(page)).map((link) => link.path)).toEqual([path]);

    await annSees.tile(ben.person.userId).getByRole('button', { name: 'Connection of Ben' }).click();
    const facts = ann.page.getByRole('dialog', { name: 'Connection of Ben' });
    await expect(facts).toContainText('Through the relay');
    await picture(ann.page, `call-relay-${transport.toLowerCase()}`);
  });
}

/** What Ann’s page is told of relays, changed on the way. */
async function changeCredentials(
  { page }: Visitor,
  change: (given: { username: string; credential: string }) => { username: string; credential: string },
): Promise<void> {
  await page.route('**/ice-servers', async (route) => {
    const response = await route.fetch();
    const answer = iceServers.parse(await response.json());
    const changed = answer.iceServers.map(({ urls, username = '', credential = '' }) => ({
      urls,
      ...change({ username, credential }),
    }));
    await route.fulfill({ response, json: { ...answer, iceServers: changed } });
  });
}

const refusals = [
  {
    which: 'made with another secret',
    secret: 'another secret than the relay has, 日本語-free',
    change: undefined,
  },
  {
    which: 'that have run out',
    secret: undefined,
    change:
      (coturn: Coturn, { person }: Visitor) =>
      () =>
        turnCredentials({ secret: coturn.secret, userId: person.userId, ttlMs: -60_000 }),
  },
  {
    which: 'of somebody else, under one’s own name',
    secret: undefined,
    change:
      (coturn: Coturn) =>
      ({ username }: { username: string }) => ({
        username,
        credential: turnCredentials({ secret: coturn.secret, userId: 'somebody-else', ttlMs: 600_000 }).credential,
      }),
  },
] as const;

for (const { which, secret, change } of refusals) {
  test(`credentials ${which}: the relay refuses them, and the page says so within 10 s`, async ({
    serve,
    relay,
    call,
    book,
    picture,
  }) => {
    const coturn = await relay();
    const server = await serve({ ...coturn.env, ...(secret === undefined ? {} : { TURN_SECRET: secret }) });
    const { ann, ben } = await two(server, call);
    if (change !== undefined) await changeCredentials(ann, change(coturn, ann));
    const { id } = await book(ann.person, [ben.person]);
    const benSees = await CallScreen.join(ben.page, id);
    const annSees = await joinByRelay(ann.page, id, /The relay refused us/);
    await annSees.joinNow();
    const joined = Date.now();
    const tile = annSees.tile(ben.person.userId);
    await expect(tile).toContainText('The relay refused us, so there is no way to Ben', { timeout: 10_000 });
    figure(`credentials ${which}: said so ${Date.now() - joined} ms after joining`);
    await expect(tile).toHaveAttribute('data-state', 'failed');
    expect((await candidateErrors(ann.page)).map(({ code }) => code)).toContain(401);
    await picture(ann.page, `call-relay-refused-${secret === undefined ? which.split(' ')[1] : 'secret'}`);
    if (secret === undefined) return;
    // The other side does not wait in silence either.
    await expect(benSees.tile(ann.person.userId)).toHaveAttribute('data-state', 'failed', { timeout: 15_000 });
  });
}

test('the relay dies and comes back: media are back within 5 s', async ({ serve, relay, call, book, picture }) => {
  test.setTimeout(120_000);
  // Over TCP the browser would know at once that the relay is gone.
  const coturn = await relay({ transports: ['udp'] });
  const { ann, ben } = await two(await serve(coturn.env), call);
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await joinByRelay(ann.page, id, 'The connection is fine.');
  const benSees = await joinByRelay(ben.page, id, 'The connection is fine.');
  await annSees.joinNow();
  await benSees.joinNow();
  await Promise.all([annSees.expectPicture(ben.person.userId), benSees.expectPicture(ann.person.userId)]);
  const generations = (): Promise<(string | undefined)[]> =>
    Promise.all([ann, ben].map(async ({ page }) => (await linksOf(page))[0]?.generation));
  const lost = await generations();
  const ends = [await annSees.watch(ben.person.userId), await benSees.watch(ann.person.userId)];
  await coturn.kill();
  await coturn.startAgain();
  const back = Date.now();
  await picture(ann.page, 'call-relay-gone');
  // What was on its way is still shown: the new path is what counts.
  await expect
    .poll(async () => (await generations()).every((end) => end !== undefined && !lost.includes(end)), {
      timeout: 30_000,
    })
    .toBe(true);
  const sides = [
    [annSees, ben],
    [benSees, ann],
  ] as const;
  for (const [sees, { person }] of sides) {
    await expect(sees.tile(person.userId)).toHaveAttribute('data-state', 'connected', { timeout: 30_000 });
    await sees.expectPicture(person.userId);
  }
  const seen = await Promise.all(ends.map((end) => end()));

  const stills = seen.map(({ longestStill }) => longestStill);
  figure(
    `the relay was killed and started again: no picture for ${stills.join(' and ')} ms, ${Date.now() - back} ms after it was back both moved`,
  );
  for (const { longestStill, missing } of seen) {
    expect(missing).toBe(0);
    expect(longestStill).toBeLessThan(5_000);
  }
  for (const { page } of [ann, ben])
    expect((await linksOf(page)).map((link) => link.path)).toEqual(['relay/relay udp']);
});
