import { expectNoViolations } from './harness/axe';
import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';

test('[A3] [S1] Cleo, signed in but not invited, gets the page that says there is nothing for her', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, cleo] = [await visit(await register('Ann')), await visit(await register('Cleo'))];
  const { id } = await book(ann.person, [], 'Ann’s secret plans');
  const sees = await ExchangeScreen.enter(ann.page, id);
  await sees.send('For us only');
  await cleo.page.goto(`/app/exchange/${id}`);
  await expect(cleo.page.getByRole('heading', { name: 'No meeting here' })).toBeVisible();
  await picture(cleo.page, 'exchange-not-invited');
  const shown = await cleo.page.content();
  expect(shown).not.toContain('secret plans');
  expect(shown).not.toContain('For us only');
  await expect(sees.people('Here now')).toHaveCount(1);
  await cleo.page.getByRole('link', { name: 'Go to your bookings' }).click();
  await expect(cleo.page.getByRole('heading', { name: 'Bookings' })).toBeVisible();
  await cleo.page.goto(`/bookings/${id}`);
  await expect(cleo.page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
});

test('someone who is not signed in is asked to, and then is where they wanted to be', async ({
  visit,
  register,
  book,
}) => {
  const ann = await visit(await register('Ann'));
  const { id } = await book(ann.person, []);
  await ann.context.clearCookies();
  await ann.page.goto(`/app/exchange/${id}`);
  await expect(ann.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await ann.page.getByRole('textbox', { name: 'E-mail' }).fill(ann.person.email);
  await ann.page.getByRole('textbox', { name: 'Password' }).fill(ann.person.password);
  await ann.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await ExchangeScreen.on(ann.page);
  expect(new URL(ann.page.url()).pathname).toBe(`/app/exchange/${id}`);
});

test('[T5] signing out in one tab closes the other, and leaves nothing there to be seen or written', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ben.person, [ann.person]);
  const benSees = await ExchangeScreen.enter(ben.page, id);
  const sees = await ExchangeScreen.enter(ann.page, id);
  await expect(benSees.people('Here now')).toHaveCount(2);
  await sees.send('before signing out');
  await sees.field.fill('not sent before signing out');
  const other = await ann.context.newPage();
  await other.goto('/bookings');
  await other.getByRole('button', { name: /Account of/ }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(other.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  // Whoever sits at this computer next sees nothing of it, and can write nothing in her name.
  await expect(ann.page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
  await expect(ann.page.getByText('before signing out')).toHaveCount(0);
  await picture(ann.page, 'signed-out-elsewhere');
  await expectNoViolations(ann.page);
  await expect(benSees.people('Here now')).toHaveCount(1);
});

test('[S6] who is removed from the booking is shown out, and cannot come back', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await ExchangeScreen.enter(ann.page, id);
  await ExchangeScreen.enter(ben.page, id);
  await expect(annSees.people('Here now')).toHaveCount(2);
  const settings = await ann.context.newPage();
  await settings.goto(`/bookings/${id}`);
  await settings.getByRole('button', { name: 'Remove Ben' }).click();
  const question = settings.getByRole('alertdialog');
  await expect(question).toContainText('Remove');
  await question.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(settings.getByRole('button', { name: 'Remove Ben' })).toHaveCount(0);
  await expect(ben.page.getByRole('heading', { name: 'You were removed from this meeting' })).toBeVisible();
  await picture(ben.page, 'exchange-removed');
  await expectNoViolations(ben.page);
  await expect(annSees.people('Here now')).toHaveCount(1);
  await ben.page.reload();
  await expect(ben.page.getByRole('heading', { name: 'No meeting here' })).toBeVisible();
});
