import type { Locator } from '@playwright/test';
import { CallScreen } from './harness/call-screen';
import { expect, small, test } from './harness/call-journey';
import { ExchangeScreen } from './harness/exchange-screen';
import { linksOf } from './harness/links';

test('muted, push-to-talk and camera off: the others see it, and the link stays as it is', async ({
  call,
  register,
  book,
  picture,
}) => {
  test.setTimeout(120_000);
  const [ann, ben] = [
    await call(await register('Ann'), { smallCamera: true }),
    await call(await register('Ben'), { smallCamera: true }),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  const benSees = await CallScreen.join(ben.page, id);
  const annsTile = benSees.tile(ann.person.userId);
  await benSees.expectPicture(ann.person.userId);
  await expect(annsTile).toHaveAttribute('data-speaking', 'true');

  await annSees.press('Mute');
  await expect(annSees.control('Unmute')).toBeVisible();
  await expect(annsTile).toContainText('muted:');
  await expect(annsTile).toHaveAttribute('data-speaking', 'false');

  await annSees.region.focus();
  await ann.page.keyboard.down('Space');
  await expect(ann.page.getByText('You are heard while you hold Space')).toBeVisible();
  await expect(annsTile).not.toContainText('muted:');
  await picture(ann.page, 'call-push-to-talk');
  await ann.page.keyboard.up('Space');
  await expect(annsTile).toContainText('muted:');
  await expect(ann.page.getByText('You are heard while you hold Space')).toHaveCount(0);

  const watch = await benSees.watch(ann.person.userId);
  await annSees.press('Turn camera off');
  await expect(annsTile.locator('video')).toHaveCount(0);
  await picture(ben.page, 'call-camera-off');
  // Nothing comes from her any more; that must not look like a broken path. RTCP goes on at the least.
  const [link] = await linksOf(ben.page);
  await expect
    .poll(async () => (await linksOf(ben.page))[0]?.packets ?? 0, { timeout: 20_000 })
    .toBeGreaterThan((link?.packets ?? 0) + 8);
  await annSees.press('Turn camera on');
  await benSees.expectPicture(ann.person.userId);
  await ann.page.keyboard.press('Control+d');
  await expect(annsTile).not.toContainText('muted:');
  expect((await watch()).states).toEqual(['connected']);
  expect((await linksOf(ben.page)).map(({ state }) => state)).toEqual(['connected']);
});

test('hands in the order in which they went up, reactions, and who joined and left', async ({
  call,
  register,
  book,
  picture,
}) => {
  // What moves stands still for her: it can be looked at.
  const ann = await call(await register('Ann'), { smallCamera: true, reducedMotion: 'reduce' });
  const ben = await call(await register('Ben'), { smallCamera: true });
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  const benSees = await CallScreen.join(ben.page, id);
  const annsChat = await ExchangeScreen.on(ann.page);
  await expect(annsChat.notice(/Ben joined the call/)).toBeVisible();

  await benSees.press('Raise hand');
  await expect(annSees.tile(ben.person.userId)).toContainText('Hand raised, number 1');
  await annSees.press('Raise hand');
  for (const sees of [annSees, benSees]) {
    await expect(sees.tile(ben.person.userId)).toContainText('Hand raised, number 1');
    await expect(sees.tile(ann.person.userId)).toContainText('Hand raised, number 2');
  }
  await picture(ann.page, 'call-hands');
  await benSees.press('Lower hand');
  for (const sees of [annSees, benSees]) {
    await expect(sees.tile(ann.person.userId)).toContainText('Hand raised, number 1');
    await expect(sees.tile(ben.person.userId)).not.toContainText('Hand raised');
  }

  const news = annSees.page.getByRole('status', { name: 'Call news' });
  await benSees.press('React');
  await benSees.page.getByRole('menuitem', { name: 'Applause' }).click();
  await expect(news).toHaveText('Ben: Applause');
  await expect(annSees.page.locator('parley-floating-reactions')).toContainText('Ben');
  await picture(ann.page, 'call-reaction');

  await benSees.leave();
  await expect(annSees.tiles).toHaveCount(1);
  await expect(annSees.region).toContainText('You are the only one in the call.');
  await expect(annsChat.notice(/Ben (joined and )?left the call/)).toBeVisible();
  await expect(benSees.region).toContainText('Ann is in the call.');
});

test('other devices while one talks: the pictures go on, over the same connection', async ({
  call,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [
    await call(await register('Ann'), { smallCamera: true }),
    await call(await register('Ben'), { smallCamera: true }),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.enter(ann.page, id);
  await annSees.openLobby();
  await annSees.lobby.getByRole('combobox', { name: 'Microphone' }).selectOption({ label: 'Fake Audio Input 1' });
  await annSees.joinNow();
  const benSees = await CallScreen.join(ben.page, id);
  await benSees.expectPicture(ann.person.userId);
  const before = (await linksOf(ben.page)).map(({ generation }) => generation);

  for (const [menu, choice] of [
    ['Microphone options', 'Fake Audio Input 2'],
    ['Camera options', 'fake_device_2'],
  ] as const) {
    await annSees.press(menu);
    const item = ann.page.getByRole('menuitemradio', { name: choice });
    if (menu === 'Microphone options') {
      await expect(ann.page.getByRole('menuitemradio', { name: 'Fake Audio Input 1' })).toBeChecked();
      await picture(ann.page, 'call-device-menu');
    }
    await item.click();
    await annSees.press(menu);
    await expect(item).toBeChecked();
    await ann.page.keyboard.press('Escape');
    await benSees.expectPicture(ann.person.userId);
    await expect(benSees.tile(ann.person.userId)).not.toContainText('muted:');
  }
  await expect(benSees.tile(ann.person.userId)).toHaveAttribute('data-speaking', 'true');
  expect((await linksOf(ben.page)).map(({ generation }) => generation)).toEqual(before);

  // Remembered for the next time.
  await annSees.leave();
  await ann.page.reload();
  await annSees.openLobby();
  await expect(annSees.lobby.getByRole('combobox', { name: 'Camera' }).locator('option:checked')).toHaveText(
    'fake_device_2',
  );
  await expect(annSees.lobby.getByRole('combobox', { name: 'Microphone' }).locator('option:checked')).toHaveText(
    'Fake Audio Input 2',
  );
});

const areaOf = async (tile: Locator): Promise<number> => {
  const box = await tile.boundingBox();
  return (box?.width ?? 0) * (box?.height ?? 0);
};

test('pinned and speaker layouts, and details of a connection', async ({ call, register, book, picture }) => {
  const ann = await call(await register('Ann'), { smallCamera: true });
  const ben = await call(await register('Ben'), { smallCamera: true, viewport: small });
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  await CallScreen.join(ben.page, id);
  const [own, bens] = [annSees.tile(ann.person.userId), annSees.tile(ben.person.userId)];
  await annSees.expectPicture(ben.person.userId);
  const larger = async (): Promise<number> => (await areaOf(bens)) / (await areaOf(own));
  await expect.poll(larger).toBeCloseTo(1, 1);

  await bens.hover();
  await bens.getByRole('button', { name: 'Pin Ben' }).click();
  await expect.poll(larger).toBeGreaterThan(2);
  await picture(ann.page, 'call-pinned');
  await bens.getByRole('button', { name: 'Pin Ben' }).click();
  await expect.poll(larger).toBeCloseTo(1, 1);

  await annSees.press('Layout');
  await ann.page.getByRole('menuitemradio', { name: 'Who speaks' }).click();
  await expect.poll(larger).toBeGreaterThan(2);
  await annSees.expectPicture(ben.person.userId);
  await picture(ann.page, 'call-speaker');

  await bens.getByRole('button', { name: 'Connection of Ben' }).click();
  const facts = ann.page.getByRole('dialog', { name: 'Connection of Ben' });
  await expect(facts).toContainText('Direct');
  await expect(facts).toContainText(/There and back\s*\d+ ms/);
  await picture(ann.page, 'call-connection-details');
  await ann.page.keyboard.press('Escape');
  await expect(facts).toHaveCount(0);
});

test('who is not in the call sees who is and nothing more; Cleo, who is not invited, sees no call', async ({
  call,
  register,
  book,
  picture,
}) => {
  const ann = await call(await register('Ann'), { smallCamera: true });
  const [ben, cleo] = [await call(await register('Ben')), await call(await register('Cleo'))];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  const benSees = await CallScreen.enter(ben.page, id);
  await expect(benSees.region).toContainText('Ann is in the call.');
  await expect(benSees.tiles).toHaveCount(0);
  await picture(ben.page, 'call-going-on');
  await cleo.page.goto(`/app/exchange/${id}`);
  await expect(cleo.page.getByRole('heading', { name: 'No meeting here' })).toBeVisible();
  await expect(cleo.page.getByRole('button', { name: 'Join call' })).toHaveCount(0);
  const answer = await cleo.context.request.get(`/api/exchanges/${id}/ice-servers`);
  expect([403, 404]).toContain(answer.status());
  for (const { page } of [ben, cleo]) expect(await linksOf(page)).toEqual([]);
  await expect(annSees.tiles).toHaveCount(1);
});
