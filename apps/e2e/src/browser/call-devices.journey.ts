import { expectNoViolations } from './harness/axe';
import { CallScreen } from './harness/call-screen';
import { expect, test } from './harness/call-journey';
import { plugIn, replaceablePlugs, unplug } from './harness/plug';

test('the browser does not allow camera and microphone: the lobby says what helps, and one can join all the same', async ({
  askingBrowser,
  call,
  register,
  book,
  picture,
}) => {
  const ann = await call(await register('Ann'), { browser: askingBrowser, permissions: [] });
  const ben = await call(await register('Ben'), { smallCamera: true });
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.enter(ann.page, id);
  await annSees.openLobby();
  const help = annSees.lobby.getByRole('status', { name: 'Devices' });
  await expect(help).toContainText(
    'Your browser does not let Parley use the microphone, so the others cannot hear you.',
  );
  await expect(help).toContainText('Your browser does not let Parley use the camera, so the others cannot see you.');
  await expect(help.getByRole('button', { name: 'Retry the microphone' })).toBeVisible();
  await picture(ann.page, 'call-denied-lobby');
  await expectNoViolations(ann.page);

  await annSees.joinNow();
  const benSees = await CallScreen.join(ben.page, id);
  // Without any device of one's own: still seen, and still seeing.
  await annSees.expectPicture(ben.person.userId);
  const annsTile = benSees.tile(ann.person.userId);
  await expect(annsTile).toHaveAttribute('data-state', 'connected');
  await expect(annsTile.locator('video')).toHaveCount(0);
  await expect(annsTile).toContainText('muted:');
  await picture(ann.page, 'call-denied');
  await expectNoViolations(ann.page);

  // Allowed in the browser: where that tells the page, it goes on by itself; else the switches try again.
  await ann.context.grantPermissions(['camera', 'microphone']);
  for (const [off, on] of [
    ['Turn camera on', 'Turn camera off'],
    ['Unmute', 'Mute'],
  ] as const) {
    await expect(async () => {
      if (await annSees.control(off).isVisible()) await annSees.press(off);
      await expect(annSees.control(on)).toBeVisible({ timeout: 2_000 });
    }).toPass();
  }
  await benSees.expectPicture(ann.person.userId);
  await expect(annsTile).not.toContainText('muted:');
});

test('no devices at all: the lobby says so kindly, and one can join, listen and look', async ({
  call,
  register,
  book,
  picture,
}) => {
  const ann = await call(await register('Ann'));
  await replaceablePlugs(ann.context, ['audio', 'video']);
  const ben = await call(await register('Ben'), { smallCamera: true });
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.enter(ann.page, id);
  await annSees.openLobby();
  const help = annSees.lobby.getByRole('status', { name: 'Devices' });
  await expect(help).toContainText('No microphone was found, so the others cannot hear you.');
  await expect(help).toContainText('No camera? Fine. The others see your initials.');
  await expect(annSees.lobby.getByRole('combobox', { name: 'Camera' })).toBeDisabled();
  await picture(ann.page, 'call-no-devices-lobby');
  await expectNoViolations(ann.page);
  await annSees.joinNow();
  const benSees = await CallScreen.join(ben.page, id);
  await annSees.expectPicture(ben.person.userId);
  await expect(benSees.tile(ann.person.userId)).toHaveAttribute('data-state', 'connected');
  await expect(benSees.tile(ann.person.userId)).toContainText('muted:');
  await picture(ann.page, 'call-no-devices');
});

test('camera and microphone are unplugged during the call, and plugged in again', async ({
  call,
  register,
  book,
  picture,
}) => {
  const ann = await call(await register('Ann'), { smallCamera: true });
  await replaceablePlugs(ann.context);
  const ben = await call(await register('Ben'), { smallCamera: true });
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  const benSees = await CallScreen.join(ben.page, id);
  const annsTile = benSees.tile(ann.person.userId);
  await benSees.expectPicture(ann.person.userId);
  for (const [kind, device, effect] of [
    ['video', 'camera', 'the others cannot see you'],
    ['audio', 'microphone', 'the others cannot hear you'],
  ] as const) {
    await unplug(ann.page, kind);
    await expect(annSees.region).toContainText(`The ${device} was unplugged, so ${effect}.`);
    if (kind === 'video') await expect(annsTile.locator('video')).toHaveCount(0);
    else await expect(annsTile).toContainText('muted:');
  }
  await picture(ann.page, 'call-unplugged');
  await picture(ben.page, 'call-unplugged-other-side');
  await expectNoViolations(ann.page);
  // The rest of the call is not touched.
  await annSees.expectPicture(ben.person.userId);
  await expect(annsTile).toHaveAttribute('data-state', 'connected');

  for (const [kind, device] of [
    ['video', 'camera'],
    ['audio', 'microphone'],
  ] as const) {
    await plugIn(ann.page, kind);
    const trouble = annSees.region.getByRole('status').filter({ hasText: `The ${device} was unplugged` });
    if (await trouble.isVisible()) await trouble.getByRole('button', { name: 'Retry' }).click({ timeout: 5_000 });
    await expect(trouble).toHaveCount(0);
  }
  await benSees.expectPicture(ann.person.userId);
  await expect(annsTile).not.toContainText('muted:');
});

test('a screen has a tile of its own; it goes when sharing is stopped from the browser’s own bar', async ({
  call,
  register,
  book,
  picture,
}) => {
  const ann = await call(await register('Ann'), { smallCamera: true });
  await replaceablePlugs(ann.context);
  const ben = await call(await register('Ben'), { smallCamera: true });
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await CallScreen.join(ann.page, id);
  const benSees = await CallScreen.join(ben.page, id);
  await benSees.expectPicture(ann.person.userId);
  const screen = benSees.page.getByRole('group', { name: 'Ann’s screen' });
  for (const stop of ['browser', 'page'] as const) {
    await annSees.press('Share screen');
    await expect(annSees.control('Stop sharing')).toBeVisible();
    await expect(screen).toBeVisible();
    await benSees.expectPicture(ann.person.userId, 'screen');
    // The camera goes on beside it.
    await benSees.expectPicture(ann.person.userId);
    if (stop === 'browser') {
      await picture(ben.page, 'call-screen');
      await picture(ann.page, 'call-screen-own');
      await expectNoViolations(ben.page);
      await unplug(ann.page, 'screen');
    } else await annSees.press('Stop sharing');
    await expect(screen).toHaveCount(0);
    await expect(annSees.control('Share screen')).toBeVisible();
    await expect(annSees.tiles).toHaveCount(2);
    if (stop === 'browser') await picture(ann.page, 'call-screen-stopped');
  }
  await benSees.expectPicture(ann.person.userId);
});
