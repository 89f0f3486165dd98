import { booking, CloseCode } from '@parley/protocol';
import type { Page } from '@playwright/test';
import { expectNoViolations } from './harness/axe';
import { ExchangeScreen } from './harness/exchange-screen';
import { Gate } from './harness/gate';
import { expect, test } from './harness/journey';

const cafe = 'café 👩‍👩‍👧 日本語';

const looks = [
  { look: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { look: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { look: 'phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { look: 'phone-dark', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

for (const { look, colorScheme, viewport } of looks) {
  // Reduced motion also makes what is measured stand still.
  const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;

  test(`no violations before signing in: ${look}`, async ({ browser, server, picture }) => {
    const context = await browser.newContext({ ...options, baseURL: server.url });
    const page = await context.newPage();
    for (const [path, heading, name] of [
      ['/', /One link for a meeting/, 'landing'],
      ['/sign-in', 'Sign in', 'sign-in'],
      ['/register', 'Create an account', 'register'],
      ['/nothing-here', 'Nothing here', 'not-found'],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Theme' })).toBeVisible();
      await picture(page, `${name}-${look}`);
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
    }
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('Enter your password.')).toBeVisible();
    await expectNoViolations(page);
    await page.getByRole('textbox', { name: 'E-mail' }).fill('nobody@example.org');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByText('The address or the password is wrong.')).toBeVisible();
    await picture(page, `sign-in-refused-${look}`);
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Theme' }).click();
    await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible();
    await expectNoViolations(page);
    await context.close();
  });

  test(`no violations with bookings: ${look}`, async ({ visit, register, book, picture }) => {
    const [ann, ben] = [await visit(await register(`Ann ${cafe}`), options), await register('Ben')];
    const { page } = ann;
    await page.goto('/bookings');
    await expect(page.getByRole('heading', { name: 'No meetings yet' })).toBeVisible();
    await expectNoViolations(page);

    const now = await book(ann.person, [ben], `Now, ${cafe}`);
    for (const [title, days] of [
      ['Tomorrow', 1],
      ['Next week, with a title that is so long that it does not fit into one line of a small screen', 7],
      ['Last week', -7],
    ] as const) {
      await ann.person.expect(booking, 'POST', '/api/bookings', {
        title,
        startsAt: new Date(Date.now() + days * 86_400_000).toISOString(),
        endsAt: new Date(Date.now() + days * 86_400_000 + 1_800_000).toISOString(),
        timeZone: 'Asia/Tokyo',
        participants: [ben.email],
      });
    }
    await page.reload();
    await expect(page.getByText('Tomorrow', { exact: true }).first()).toBeVisible();
    await picture(page, `bookings-${look}`);
    await expectNoViolations(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: /Account of/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press('Escape');

    await page.goto('/bookings/new');
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible();
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await expect(page.getByText('Give the meeting a title.')).toBeVisible();
    await picture(page, `booking-new-${look}`);
    await expectNoViolations(page);
    await expectNoSidewaysScroll(page);

    await page.goto(`/bookings/${now.id}`);
    await expect(page.getByRole('heading', { level: 1, name: `Now, ${cafe}` })).toBeVisible();
    await picture(page, `booking-details-${look}`);
    await expectNoViolations(page);
    await expectNoSidewaysScroll(page);
    await page.goto('/bookings/00000000-0000-4000-8000-000000000000');
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
    await expectNoViolations(page);
  });

  test(`no violations in an exchange: ${look}`, async ({ visit, register, book, picture }) => {
    const [ann, ben] = [
      await visit(await register(`Ann ${cafe}`), options),
      await visit(await register('Ben'), options),
    ];
    const { id } = await book(ann.person, [ben.person], `Weekly planning, ${cafe}`);
    const { page } = ann;
    const sees = await ExchangeScreen.enter(page, id);
    await expect(page.getByRole('heading', { name: 'You’re first' })).toBeVisible();
    await picture(page, `exchange-solo-${look}`);
    await expectNoViolations(page);

    const benSees = await ExchangeScreen.enter(ben.page, id);
    await expect(page.getByRole('heading', { name: 'Ben is here' })).toBeVisible();
    await sees.send(`Good morning, ${cafe}`);
    await benSees.send('Morning! The plan is at https://example.org/plan');
    await benSees.send('日本語');
    await expect(sees.message('日本語')).toHaveCount(1);
    await sees.field.fill('Not sent yet');
    await picture(page, `exchange-two-${look}`);
    await expectNoViolations(page);
    await expectNoSidewaysScroll(page);

    await page.locator('body').press('Alt+2');
    await expect(sees.people('Here now').filter({ hasText: 'Ben' })).toBeVisible();
    await picture(page, `exchange-people-${look}`);
    await expectNoViolations(page);
    await page.locator('body').press('Alt+1');
    await sees.log.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectNoViolations(page);

    await page.goto('/app/exchange/00000000-0000-4000-8000-000000000000');
    await expect(page.getByRole('heading', { name: 'No meeting here' })).toBeVisible();
    await picture(page, `exchange-not-found-${look}`);
    await expectNoViolations(page);
  });

  test(`no violations when an exchange changes: ${look}`, async ({ visit, register, book, picture }) => {
    const [ann, ben, cleo] = [
      await visit(await register(`Ann ${cafe}`), options),
      await visit(await register('Ben'), options),
      await visit(await register('Cleo'), options),
    ];
    const { id } = await book(ann.person, [ben.person, cleo.person], `Weekly planning, ${cafe}`);
    const gate = await Gate.on(ben.page);
    const annSees = await ExchangeScreen.enter(ann.page, id);
    const benSees = await ExchangeScreen.enter(ben.page, id);
    const cleoSees = await ExchangeScreen.enter(cleo.page, id);
    await annSees.send(`Good morning, ${cafe}`);
    await benSees.send('Morning!');
    await expect(cleoSees.message('Morning!')).toHaveCount(1);
    const show = async (page: Page, name: string): Promise<void> => {
      await picture(page, `${name}-${look}`);
      await expectNoViolations(page);
      await expectNoSidewaysScroll(page);
    };

    await gate.close(CloseCode.restarting);
    await expect(benSees.connection).toHaveText(/The server restarts/);
    await benSees.write('Written while the server restarts');
    await show(ben.page, 'exchange-restarting');
    await ben.page.locator('body').press('Alt+2');
    await expect(ben.page.getByRole('region', { name: 'Here before' })).toBeVisible();
    await show(ben.page, 'exchange-here-before');
    await ben.page.locator('body').press('Alt+1');
    gate.open();
    await expect(benSees.connection).toHaveText('Connected', { timeout: 45_000 });
    await gate.close(CloseCode.slowReader);
    await expect(benSees.connection).toHaveText(/What you missed is loaded now/);
    await show(ben.page, 'exchange-catching-up');
    gate.open();
    await expect(benSees.connection).toHaveText('Connected', { timeout: 45_000 });

    await ann.page.locator('body').press('Alt+2');
    await expect(annSees.people('Here now')).toHaveCount(3);
    await show(ann.page, 'exchange-host-tools');
    await ann.page.getByRole('textbox', { name: 'Invite by e-mail' }).fill('nobody');
    await ann.page.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(ann.page.getByText('Enter an e-mail address, like ben@example.org.')).toBeVisible();
    await show(ann.page, 'exchange-invite-mistake');
    await benSees.field.fill(`Ben has not sent this, ${cafe}`);
    await ann.page.getByRole('button', { name: 'Remove Ben' }).click();
    const question = ann.page.getByRole('alertdialog');
    await show(ann.page, 'exchange-remove-question');
    await question.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(ben.page.getByRole('heading', { name: 'You were removed from this meeting' })).toBeVisible();
    await show(ben.page, 'exchange-removed');

    await cleoSees.field.fill(`Cleo has not sent this, ${cafe}`);
    await ann.page.getByRole('button', { name: 'End meeting' }).click();
    await show(ann.page, 'exchange-end-question');
    await question.getByRole('button', { name: 'End meeting' }).click();
    await expect(cleoSees.field).toHaveCount(0);
    await expect(cleo.page.getByText('This meeting has ended. What was said stays here.').first()).toBeVisible();
    await show(cleo.page, 'exchange-ended');
    await show(ann.page, 'exchange-ended-host');
  });
}

/** Nothing is wider than the screen. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, screen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    screen: document.documentElement.clientWidth,
  }));
  expect(wide).toBeLessThanOrEqual(screen);
}
