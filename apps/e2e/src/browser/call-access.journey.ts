import { expectNoViolations } from './harness/axe';
import { CallScreen } from './harness/call-screen';
import { expect, small, test } from './harness/call-journey';
import { tabTo } from './harness/tab-to';

const looks = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

test('no violations in the lobby and in the call: light, dark, on a phone', async ({
  call,
  register,
  book,
  picture,
}) => {
  test.setTimeout(240_000);
  const ben = await call(await register('Ben'), { smallCamera: true, viewport: small });
  const cleo = await call(await register('Cleo café 👩‍👩‍👧 日本語'), { smallCamera: true, viewport: small });
  const ann = await register('Ann');
  const { id } = await book(ben.person, [ann, cleo.person]);
  const [benSees, cleoSees] = [await CallScreen.join(ben.page, id), await CallScreen.join(cleo.page, id)];
  await benSees.press('Raise hand');
  await cleoSees.press('Mute');
  await cleoSees.press('Turn camera off');
  for (const { look, ...options } of looks) {
    // Reduced motion also makes what is measured stand still.
    const { page, context } = await call(ann, { ...options, smallCamera: true, reducedMotion: 'reduce' });
    const sees = await CallScreen.enter(page, id);
    await expect(sees.region.getByRole('button', { name: 'Join call' })).toBeVisible();
    await picture(page, `call-banner-${look}`);
    await expectNoViolations(page);
    await sees.openLobby();
    await expect(sees.lobby.locator('video')).toBeVisible();
    await expect(sees.lobby.getByRole('status', { name: 'Connection check' })).not.toHaveText(/Checking/);
    await picture(page, `call-lobby-${look}`);
    await expectNoViolations(page);
    await sees.joinNow();
    await sees.expectPicture(ben.person.userId);
    await expect(sees.tiles).toHaveCount(3);
    await expect(sees.tile(cleo.person.userId)).toHaveAttribute('data-state', 'connected');
    await picture(page, `call-${look}`);
    await expectNoViolations(page);
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
    // Menus look alike in the large and in the small.
    const menus = options.viewport.width > 1_000 ? ['Microphone options', 'React', 'Layout'] : [];
    for (const menu of menus) {
      await sees.press(menu);
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNoViolations(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toHaveCount(0);
    }
    await sees.leave();
    await context.close();
  }
});

test('joining, muting, raising a hand, reacting and leaving need no pointer', async ({ call, register, book }) => {
  test.setTimeout(120_000);
  const [ann, ben] = [
    await call(await register('Ann'), { smallCamera: true }),
    await call(await register('Ben'), { smallCamera: true, viewport: small }),
  ];
  const { id } = await book(ann.person, [ben.person]);
  const benSees = await CallScreen.join(ben.page, id);
  const sees = await CallScreen.enter(ann.page, id);
  const { page } = ann;
  const { keyboard } = page;
  await tabTo(page, sees.region.getByRole('button', { name: 'Join call' }));
  await keyboard.press('Enter');
  await expect(sees.lobby).toBeFocused();
  await tabTo(page, sees.lobby.getByRole('button', { name: 'Camera', exact: true }));
  await keyboard.press('Space');
  await expect(sees.lobby.getByRole('button', { name: 'Camera', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await tabTo(page, sees.lobby.getByRole('button', { name: 'Join now' }));
  await keyboard.press('Enter');
  await expect(sees.controls).toBeVisible();
  await expect(sees.region).toBeFocused();
  const annsTile = benSees.tile(ann.person.userId);
  await expect(annsTile).toHaveAttribute('data-state', 'connected');

  await tabTo(page, sees.control('Mute'));
  await keyboard.press('Enter');
  await expect(annsTile).toContainText('muted:');
  await expect(sees.control('Unmute')).toBeFocused();
  await tabTo(page, sees.control('Turn camera on'), 'ArrowRight');
  await keyboard.press('Enter');
  await benSees.expectPicture(ann.person.userId);
  await tabTo(page, sees.control('Raise hand'), 'ArrowRight');
  await keyboard.press('Space');
  await expect(annsTile).toContainText('Hand raised, number 1');
  await tabTo(page, sees.control('React'), 'ArrowRight');
  await keyboard.press('Enter');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(benSees.page.getByRole('status', { name: 'Call news' })).toHaveText('Ann: Heart');
  await expect(sees.control('React')).toBeFocused();
  await tabTo(page, sees.control('Leave call'), 'ArrowRight');
  await keyboard.press('Enter');
  await expect(annsTile).toHaveCount(0);
  await expect(sees.region.getByRole('button', { name: 'Join call' })).toBeFocused();
});
