import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';

const cafe = 'café 👩‍👩‍👧 日本語';

test('[A1] [A2] someone registers, books, meets, and every name, title and message comes back as it was written', async ({
  browser,
  server,
  visit,
  register,
  picture,
}) => {
  const ben = await visit(await register('Ben'));
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();

  await page.goto('/');
  await picture(page, 'landing');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Enter your name.')).toBeVisible();
  await picture(page, 'register-mistakes');
  const email = `cafe-${process.pid}-${Date.now()}@example.org`;
  await page.getByRole('textbox', { name: 'Your name' }).fill(cafe);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill('a long sentence 日本語');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Bookings', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No meetings yet' })).toBeVisible();
  await picture(page, 'bookings-empty');

  await page.getByRole('link', { name: 'Book a meeting' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(`Plans, ${cafe}`);
  const invite = page.getByRole('textbox', { name: 'Invite people by e-mail' });
  await invite.fill(ben.person.email);
  await invite.press('Enter');
  await picture(page, 'booking-new');
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('heading', { name: `Plans, ${cafe}` })).toBeVisible();
  await expect(page.getByText('Ben', { exact: true })).toBeVisible();
  await picture(page, 'booking-details');

  await page
    .getByRole('link', { name: /^(Join|Open|Enter)/ })
    .first()
    .click();
  const sees = await ExchangeScreen.on(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Plans, ${cafe}`);
  await sees.send(cafe);

  await ben.page.goto('/bookings');
  await expect(ben.page.getByText(`Plans, ${cafe}`)).toBeVisible();
  // The name stands isolated, so that its direction cannot turn the sentence around.
  await expect(ben.page.getByText(`With \u2068${cafe}\u2069`)).toBeVisible();
  await picture(ben.page, 'bookings');
  const path = new URL(page.url()).pathname;
  await ben.page.goto(path);
  const benSees = await ExchangeScreen.on(ben.page);
  expect(await benSees.texts()).toEqual([cafe]);
  await expect(benSees.log.locator('.name')).toHaveText(cafe);
  await expect(benSees.people('Here now').filter({ hasText: cafe })).toHaveCount(1);
  await context.close();
});

test('the demo: one click as Ann, another window as Ben, and they talk', async ({ browser, server, picture }) => {
  const screens: ExchangeScreen[] = [];
  const contexts = [];
  for (const name of ['Ann', 'Ben']) {
    const context = await browser.newContext({ baseURL: server.url });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto('/');
    await page.getByRole('button', { name: `Try as ${name}` }).click();
    await expect(page.getByRole('heading', { name: 'Now', exact: true })).toBeVisible();
    await picture(page, `bookings-demo-${name.toLowerCase()}`);
    await page.getByRole('link', { name: /^Join/ }).first().click();
    screens.push(await ExchangeScreen.on(page));
  }
  const [ann, ben] = screens as [ExchangeScreen, ExchangeScreen];
  await expect(ann.people('Here now')).toHaveCount(2);
  await ann.send('Hello from the demo');
  await expect(ben.message('Hello from the demo')).toHaveCount(1);
  await Promise.all(contexts.map((context) => context.close()));
});
