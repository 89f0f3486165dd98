import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';
import { tabTo } from './harness/tab-to';

test('signing in, booking, meeting and signing out need no pointer', async ({ browser, server, register }) => {
  const [ann, ben] = [await register('Ann'), await register('Ben')];
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const { keyboard } = page;

  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeFocused();
  await tabTo(page, page.getByRole('textbox', { name: 'E-mail' }));
  await keyboard.type(ann.email);
  await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
  await keyboard.type(ann.password);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Bookings', exact: true })).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: 'Book a meeting' }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Title' }));
  await keyboard.type('Without a pointer');
  await tabTo(page, page.getByRole('textbox', { name: 'Invite people by e-mail' }));
  await keyboard.type(ben.email);
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Book', exact: true }));
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Without a pointer' })).toBeVisible();

  await tabTo(page, page.getByRole('link', { name: /Without a pointer/ }));
  await keyboard.press('Enter');
  const sees = await ExchangeScreen.on(page);
  await expect(sees.field).toBeFocused();
  await keyboard.type('Typed');
  await keyboard.press('Shift+Enter');
  await keyboard.type('in two lines');
  await keyboard.press('Enter');
  await expect(sees.log.locator('parley-message-bubble')).toContainText('Sent');
  expect(await sees.texts()).toEqual(['Typed\nin two lines']);

  const regions = new Set<string>();
  for (let count = 0; count < 4; count += 1) {
    await keyboard.press('F6');
    regions.add(await page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.tagName ?? ''));
  }
  expect([...regions].sort()).toEqual(['Meeting', 'Message', 'Messages', 'People']);
  await keyboard.press('Alt+2');
  await expect(page.getByRole('complementary', { name: 'People' })).toBeFocused();
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
  await keyboard.press('Escape');
  await expect(sees.field).toBeFocused();
  await keyboard.type('a ? is only a letter here');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();

  await tabTo(page, page.getByRole('link', { name: 'Back to your bookings' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: /Account of/ }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await context.close();
});

test('a host removes, invites and ends without a pointer, and never loses the place', async ({
  visit,
  register,
  book,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const { page } = ann;
  const { keyboard } = page;
  const annSees = await ExchangeScreen.enter(page, id);
  await ExchangeScreen.enter(ben.page, id);
  await expect(annSees.people('Here now')).toHaveCount(2);
  await expect(annSees.field).toBeFocused();
  await keyboard.press('Alt+2');
  const remove = page.getByRole('button', { name: 'Remove Ben' });
  await tabTo(page, remove);
  await keyboard.press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Keep' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(remove).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, question.getByRole('button', { name: 'Remove', exact: true }));
  await keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(page.getByRole('complementary', { name: 'People' })).toBeFocused();
  await expect(remove).toHaveCount(0);

  await tabTo(page, page.getByRole('textbox', { name: 'Invite by e-mail' }));
  await keyboard.type('ben');
  await keyboard.press('Enter');
  await expect(page.getByText('Enter an e-mail address, like ben@example.org.')).toBeVisible();
  await keyboard.press('Control+A');
  await keyboard.type(ben.person.email);
  await keyboard.press('Enter');
  await expect(annSees.people('Not here')).toHaveText(/Ben/);

  await tabTo(page, page.getByRole('button', { name: 'End meeting' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await tabTo(page, question.getByRole('button', { name: 'End meeting' }));
  await keyboard.press('Enter');
  await expect(page.getByRole('timer')).toHaveText(/^Ended/);
  await expect(page.getByRole('region', { name: 'Meeting' })).toBeFocused();
});

test('a screen reader hears what is said and who comes, once, and not what is old', async ({
  visit,
  register,
  book,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await ExchangeScreen.enter(ann.page, id);
  await annSees.send('Said before Ben came');
  const benSees = await ExchangeScreen.enter(ben.page, id);
  await expect(benSees.message('Said before Ben came')).toHaveCount(1);
  const heard = ben.page.locator('parley-heard');
  await annSees.send('Said now');
  await expect(heard).toContainText('Said now');
  await expect(heard).not.toContainText('Said before');
  expect((await heard.textContent())?.split('Said now')).toHaveLength(2);
});
