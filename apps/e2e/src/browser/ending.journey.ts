import type { Page } from '@playwright/test';
import { expectNoViolations } from './harness/axe';
import { ExchangeScreen } from './harness/exchange-screen';
import { figure } from './harness/figure';
import { Gate } from './harness/gate';
import { expect, test } from './harness/journey';

const cafe = 'café 👩‍👩‍👧 日本語';

/** Everything that the page's sockets are sent, as text. */
function listen(page: Page): string[] {
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload.toString())));
  return heard;
}

test('[A3] [S6] the host ends the meeting: everyone goes on reading, nobody writes', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  await benSees.send(`Said, ${cafe}`);
  await expect(annSees.message(`Said, ${cafe}`)).toHaveCount(1);
  await benSees.field.fill('Half a sentence');
  await expect(ben.page.getByRole('button', { name: 'End meeting' })).toHaveCount(0);

  await ann.page.getByRole('button', { name: 'End meeting' }).click();
  const question = ann.page.getByRole('alertdialog');
  await expect(question).toContainText('Everyone can go on reading what was said.');
  await expect(question.getByRole('button', { name: 'Keep it open' })).toBeFocused();
  await picture(ann.page, 'exchange-end-question');
  await expectNoViolations(ann.page);
  await question.getByRole('button', { name: 'Keep it open' }).click();
  await expect(benSees.field).toBeEditable();
  await ann.page.getByRole('button', { name: 'End meeting' }).click();
  const clicked = Date.now();
  await question.getByRole('button', { name: 'End meeting' }).click();
  await expect(benSees.field).toHaveCount(0);
  figure(`the meeting ended: read-only for the others ${Date.now() - clicked} ms after the click`);
  for (const { page } of [ann, ben]) {
    await expect(page.getByText('This meeting has ended. What was said stays here.').first()).toBeVisible();
    await expect(page.getByRole('timer')).toHaveText(/^Ended/);
    await expect(page.getByRole('button', { name: 'End meeting' })).toHaveCount(0);
  }
  await expect(question).toBeHidden();
  await expect(ben.page.getByRole('textbox', { name: 'What was not sent' })).toHaveValue('Half a sentence');
  await expect(benSees.message(`Said, ${cafe}`)).toHaveCount(1);
  await expect(benSees.people('Here now')).toHaveCount(2);
  await picture(ann.page, 'exchange-ended-host');
  await picture(ben.page, 'exchange-ended');
  for (const { page } of [ann, ben]) await expectNoViolations(page);
  await ben.page.reload();
  await expect(benSees.message(`Said, ${cafe}`)).toHaveCount(1);
  await expect(ben.page.getByText('This meeting has ended. What was said stays here.').first()).toBeVisible();
});

test('[A3] who was away when the meeting ended finds it ended', async ({ visit, register, book }) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const gate = await Gate.on(ben.page);
  const benSees = await ExchangeScreen.enter(ben.page, id);
  await benSees.send('Before');
  await gate.close();
  await expect(benSees.connection).toHaveText(/Reconnecting/);
  await benSees.write('Too late');
  const ended = await ann.person.request('POST', `/api/exchanges/${id}/end`);
  expect(ended.status).toBe(200);
  gate.open();
  await expect(ben.page.getByText('This meeting has ended. What was said stays here.').first()).toBeVisible();
  await expect(benSees.field).toHaveCount(0);
  await expect(benSees.message('Too late')).toContainText('Not sent.');
});

test('[S6] the host removes someone from the people panel: shown out at once, and told so', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben, cleo] = [
    await visit(await register('Ann')),
    await visit(await register(`Ben ${cafe}`)),
    await visit(await register('Cleo')),
  ];
  const { id } = await book(ann.person, [ben.person, cleo.person]);
  const heard = listen(ben.page);
  const annSees = await ExchangeScreen.enter(ann.page, id);
  const benSees = await ExchangeScreen.enter(ben.page, id);
  const cleoSees = await ExchangeScreen.enter(cleo.page, id);
  await cleoSees.send('Before');
  await expect(benSees.message('Before')).toHaveCount(1);
  await expect(annSees.people('Here now')).toHaveCount(3);
  await benSees.field.fill('Ben has not sent this');

  await ann.page.getByRole('button', { name: `Remove Ben ${cafe}` }).click();
  const question = ann.page.getByRole('alertdialog');
  await expect(question).toContainText('They leave the meeting at once');
  await picture(ann.page, 'exchange-remove-question');
  await expectNoViolations(ann.page);
  const clicked = Date.now();
  await question.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(ben.page.getByRole('heading', { name: 'You were removed from this meeting' })).toBeVisible();
  figure(`removed: told so ${Date.now() - clicked} ms after the click`);
  await cleoSees.send('After');
  await expect(annSees.message('After')).toHaveCount(1);

  await expect(ben.page.getByRole('heading', { name: 'You were removed from this meeting' })).toBeFocused();
  await expect(ben.page.getByRole('textbox', { name: 'What was not sent' })).toHaveValue('Ben has not sent this');
  await picture(ben.page, 'exchange-removed');
  await expectNoViolations(ben.page);
  for (const sees of [annSees, cleoSees]) {
    await expect(sees.people('Here now')).toHaveCount(2);
    await expect(sees.notice(/Ben .* left/)).toHaveCount(1);
    await expect(sees.page.locator('parley-people-panel')).not.toContainText('Ben');
    // What he wrote keeps its author, and so would anything else that names him.
    await expect(sees.people('Not here')).toHaveCount(0);
  }
  await expect(ann.page.getByRole('complementary', { name: 'People' })).toBeFocused();
  expect(heard.filter((frame) => frame.includes('"After"'))).toEqual([]);
  expect(heard.filter((frame) => frame.includes('"Before"'))).not.toEqual([]);
  await expect(ben.page.getByText('After', { exact: true })).toHaveCount(0);
  await ben.page.getByRole('link', { name: 'Go to your bookings' }).click();
  await expect(ben.page.getByRole('heading', { name: 'No meetings yet' })).toBeVisible();
});

test('[A2] the host invites from the people panel, and the one invited comes in', async ({ visit, register, book }) => {
  const [ann, cleo] = [await visit(await register('Ann')), await visit(await register('Cleo'))];
  const { id } = await book(ann.person, []);
  const annSees = await ExchangeScreen.enter(ann.page, id);
  const field = ann.page.getByRole('textbox', { name: 'Invite by e-mail' });
  await field.fill('nobody-has-this-address@example.org');
  await field.press('Enter');
  await expect(ann.page.locator('parley-invite-form').getByRole('alert')).not.toBeEmpty();
  await expectNoViolations(ann.page);
  await field.fill(cleo.person.email);
  await field.press('Enter');
  await expect(annSees.people('Not here')).toHaveText(/Cleo/);
  await expect(field).toHaveValue('');
  await ExchangeScreen.enter(cleo.page, id);
  await expect(annSees.people('Here now')).toHaveCount(2);
});

test('[S6] a cancelled meeting says that it was cancelled', async ({ visit, register, book, picture }) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const benSees = await ExchangeScreen.enter(ben.page, id);
  await benSees.send(`Said, ${cafe}`);
  const cancelled = await ann.person.request('DELETE', `/api/bookings/${id}`);
  expect(cancelled.status).toBe(204);
  await expect(ben.page.getByText('This meeting was cancelled.').first()).toBeVisible();
  await expect(benSees.field).toHaveCount(0);
  await expect(benSees.message(`Said, ${cafe}`)).toHaveCount(1);
  await expect(ben.page.getByText('You were removed')).toHaveCount(0);
  await picture(ben.page, 'exchange-cancelled-inside');
  await expectNoViolations(ben.page);
  await ben.page.reload();
  await expect(ben.page.getByRole('heading', { name: 'This meeting was cancelled' })).toBeVisible();
  await picture(ben.page, 'exchange-cancelled');
  await expectNoViolations(ben.page);
});

test('[C2] signing out forgets what waits: nobody who comes after sends it', async ({ visit, register, book }) => {
  const [ann, ben] = [await visit(await register('Ann')), await register('Ben')];
  const { id } = await book(ann.person, [ben]);
  const gate = await Gate.on(ann.page);
  const annSees = await ExchangeScreen.enter(ann.page, id);
  await annSees.send('Before');
  await gate.close();
  await expect(annSees.connection).toHaveText(/Reconnecting/);
  await annSees.write('Ann’s secret');
  await annSees.field.fill('Ann’s other secret');
  await expect(ann.page.locator('parley-connection-pill')).toContainText('1 message queued');
  await ann.page.getByRole('link', { name: 'Back to your bookings' }).click();
  await ann.page.getByRole('button', { name: /Account of/ }).click();
  await ann.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await ann.page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(ann.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await ann.page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain('secret');

  await ann.page.getByRole('textbox', { name: 'E-mail' }).fill(ben.email);
  await ann.page.getByRole('textbox', { name: 'Password' }).fill(ben.password);
  gate.open();
  await ann.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await ann.page.getByRole('link', { name: /^Join/ }).first().click();
  const benSees = await ExchangeScreen.on(ann.page);
  await expect(benSees.field).toHaveValue('');
  await benSees.send('From Ben');
  expect(await benSees.texts()).toEqual(['Before', 'From Ben']);
  await ann.page.reload();
  await ExchangeScreen.on(ann.page);
  await expect.poll(() => benSees.texts()).toEqual(['Before', 'From Ben']);
});
