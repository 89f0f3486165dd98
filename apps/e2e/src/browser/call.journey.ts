import type { HttpPerson } from '@parley/harness';
import { CallScreen } from './harness/call-screen';
import { expect, small, test } from './harness/call-journey';
import { figure } from './harness/figure';
import { linksOf } from './harness/links';
import type { Visitor } from './harness/journey';
import { replaceablePlugs } from './harness/plug';

interface Seen {
  readonly person: HttpPerson;
  readonly sees: CallScreen;
}

/** Everyone sees everyone else move. */
async function expectAllPictures(people: readonly Seen[], timeout = 20_000): Promise<void> {
  await Promise.all(
    people.flatMap(({ sees, person }) =>
      people
        .filter((other) => other.person !== person)
        .map((other) => sees.expectPicture(other.person.userId, 'camera', timeout)),
    ),
  );
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;

test('two people see each other within 2 s, ten times', async ({ call, register, book, picture }) => {
  test.setTimeout(120_000);
  const [ann, ben] = [await call(await register('Ann')), await call(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  await expect(annSees.tile(ann.person.userId)).toHaveAttribute('data-state', 'self');
  const benSees = await CallScreen.enter(ben.page, id);
  await expect(benSees.region).toContainText('Ann is in the call.');
  const times: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    await benSees.openLobby();
    await expect(benSees.lobby.locator('video')).toBeVisible();
    const pressed = Date.now();
    await benSees.lobby.getByRole('button', { name: 'Join now' }).click();
    await Promise.all([annSees.expectPicture(ben.person.userId), benSees.expectPicture(ann.person.userId)]);
    times.push(Date.now() - pressed);
    if (run === 0) {
      await expect(annSees.tile(ben.person.userId)).toHaveAttribute('data-state', 'connected');
      await picture(ann.page, 'call-two');
    }
    await benSees.leave();
    await expect(annSees.tile(ben.person.userId)).toHaveCount(0);
  }
  figure(`from “Join now” to moving pictures on both sides: median ${median(times)} ms of ${times.join(', ')} ms`);
  expect(median(times)).toBeLessThan(2_000);
});

test('three people see each other', async ({ call, register, book, picture }) => {
  const names = ['Ann', 'Ben', 'Cleo'];
  const people: Visitor[] = [];
  for (const name of names) people.push(await call(await register(name), { smallCamera: true }));
  const [host, ...guests] = people.map(({ person }) => person);
  if (host === undefined) throw new Error('Nobody is there.');
  const { id } = await book(host, guests);
  const seen: Seen[] = [];
  for (const { person, page } of people) seen.push({ person, sees: await CallScreen.join(page, id) });
  await expectAllPictures(seen);
  for (const { sees } of seen) await expect(sees.tiles).toHaveCount(3);
  await picture(people[0]?.page ?? failed(), 'call-three');
  for (const { page } of people)
    expect((await linksOf(page)).map(({ state }) => state)).toEqual(['connected', 'connected']);
});

function failed(): never {
  throw new Error('Nobody is there.');
}

test('six people at 320x240 and 10 pictures a second: all 30 links within 60 s', async ({
  call,
  register,
  book,
  picture,
}) => {
  test.setTimeout(180_000);
  const people: Visitor[] = [];
  const names = ['Ann', 'Ben', 'Cleo', 'Dana', 'Emil', 'Fay 日本語'];
  for (const name of names) {
    people.push(await call(await register(name), { smallCamera: true, viewport: small }));
  }
  const [host, ...guests] = people.map(({ person }) => person);
  const { id } = await book(host ?? failed(), guests);
  const seen: Seen[] = [];
  for (const { person, page } of people) {
    const sees = await CallScreen.enter(page, id);
    await sees.openLobby();
    seen.push({ person, sees });
  }
  const started = Date.now();
  await Promise.all(seen.map(({ sees }) => sees.joinNow()));
  await expectAllPictures(seen, 60_000);
  figure(`six people, all 30 links with moving pictures after ${Date.now() - started} ms`);
  expect(Date.now() - started).toBeLessThan(60_000);
  await picture(people[0]?.page ?? failed(), 'call-six');
  for (const { sees } of seen) await expect(sees.tiles).toHaveCount(6);
});

test('from the seventh person on the call is audio only, and says so; when they leave, cameras come back', async ({
  call,
  register,
  book,
  picture,
}) => {
  test.setTimeout(180_000);
  const people: Visitor[] = [];
  for (const name of ['Ann', 'Ben', 'Cleo', 'Dana', 'Emil', 'Fay 日本語', 'Gus']) {
    const someone = await call(await register(name), { smallCamera: true, viewport: small });
    // One camera is enough to see that it is neither sent nor shown, and 42 voices are too much for a small machine.
    await replaceablePlugs(someone.context, name === 'Ann' ? ['audio'] : ['audio', 'video']);
    people.push(someone);
  }
  const [ann = failed(), ben = failed(), ...others] = people;
  const { id } = await book(
    ann.person,
    people.slice(1).map(({ person }) => person),
  );
  const annSees = await CallScreen.join(ann.page, id);
  const seen = [annSees];
  for (const { page } of [ben, ...others]) {
    const sees = await CallScreen.join(page, id);
    seen.push(sees);
    if (seen.length === 6) await seen[1]?.expectPicture(ann.person.userId);
  }
  for (const sees of seen) {
    await expect(sees.page.getByText(/^\s*Audio only: /)).toBeVisible();
    await expect(sees.tiles).toHaveCount(7);
    await expect(sees.tiles.locator('video')).toHaveCount(0);
  }
  await expect(annSees.control('Turn camera on')).toBeDisabled();
  await picture(ann.page, 'call-seven-audio-only');
  for (const { page } of people) {
    await expect.poll(async () => (await linksOf(page)).map(({ state }) => state)).toEqual(Array(6).fill('connected'));
  }
  await seen[6]?.leave();
  await seen[1]?.expectPicture(ann.person.userId);
  for (const sees of seen.slice(0, 6)) await expect(sees.page.getByText(/^\s*Audio only: /)).toHaveCount(0);
});

test('both join at the same moment, 50 times: always one connection, and pictures each way', async ({
  call,
  register,
  book,
}) => {
  test.setTimeout(300_000);
  const [ann, ben] = [
    await call(await register('Ann'), { smallCamera: true, viewport: small }),
    await call(await register('Ben'), { smallCamera: true, viewport: small }),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const both = [
    { other: ben.person.userId, sees: await CallScreen.enter(ann.page, id) },
    { other: ann.person.userId, sees: await CallScreen.enter(ben.page, id) },
  ];
  const times: number[] = [];
  for (let round = 0; round < 50; round += 1) {
    await Promise.all(both.map(({ sees }) => sees.openLobby()));
    const started = Date.now();
    await Promise.all(both.map(({ sees }) => sees.joinNow()));
    await Promise.all(both.map(({ sees, other }) => sees.expectPicture(other)));
    times.push(Date.now() - started);
    for (const { sees } of both) {
      await expect.poll(async () => (await linksOf(sees.page)).map(({ state }) => state)).toEqual(['connected']);
      expect(await sees.tiles.count()).toBe(2);
    }
    await Promise.all(both.map(({ sees }) => sees.leave()));
    for (const { sees } of both) await expect(sees.region).toContainText('Nobody is in the call.');
  }
  figure(`50 times at the same moment: median ${median(times)} ms, longest ${Math.max(...times)} ms`);
});
