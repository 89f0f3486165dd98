import { CutNetwork } from '@parley/harness';
import { expectNoViolations } from './harness/axe';
import { ExchangeScreen } from './harness/exchange-screen';
import { expect, test } from './harness/journey';

const cafe = 'café 👩‍👩‍👧 日本語';

test('Ann and Ben write to each other, and each finds it again after a reload', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);

  const annSees = await ExchangeScreen.enter(ann.page, id);
  await expect(ann.page.getByRole('heading', { name: 'You’re first' })).toBeVisible();
  await picture(ann.page, 'exchange-solo');

  const benSees = await ExchangeScreen.enter(ben.page, id);
  await expect(annSees.people('Here now')).toHaveCount(2);
  await annSees.send(`Hello Ben, ${cafe}`);
  await expect(benSees.message(`Hello Ben, ${cafe}`)).toHaveCount(1);
  await benSees.send('Hello Ann, see https://example.org/plan?a=1 and <b>not bold</b>');
  await expect(annSees.message('Hello Ann, see https://example.org/plan?a=1 and <b>not bold</b>')).toHaveCount(1);
  await expect(annSees.log.getByRole('link', { name: 'https://example.org/plan?a=1' })).toHaveAttribute(
    'rel',
    /noopener/,
  );
  await benSees.send('one\ntwo');
  await picture(ann.page, 'exchange-two');
  await picture(ben.page, 'exchange-two-ben');

  const written = await annSees.texts();
  expect(written).toHaveLength(3);
  expect(await benSees.texts()).toEqual(written);
  for (const { page } of [ann, ben]) {
    await page.reload();
    const again = await ExchangeScreen.on(page);
    await expect(again.log.locator('parley-message-bubble')).toHaveCount(3);
    expect(await again.texts()).toEqual(written);
  }
});

test('each sees the other come and go, and a person with several tabs once', async ({ visit, register, book }) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const annSees = await ExchangeScreen.enter(ann.page, id);
  await annSees.send('Anyone here?');
  await expect(annSees.people('Here now')).toHaveCount(1);
  await expect(annSees.people('Not here')).toHaveText(/Ben/);

  await ExchangeScreen.enter(ben.page, id);
  await expect(annSees.notice(/Ben joined/)).toBeVisible();
  await expect(annSees.people('Here now')).toHaveCount(2);

  const secondTab = await ben.context.newPage();
  const inSecondTab = await ExchangeScreen.enter(secondTab, id);
  await expect(inSecondTab.people('Here now')).toHaveCount(2);
  await expect(annSees.people('Here now').filter({ hasText: 'Ben' })).toHaveText(/2 windows/);
  await inSecondTab.send('From my second tab');
  await expect(annSees.message('From my second tab')).toHaveCount(1);

  await ben.page.close();
  await expect(annSees.people('Here now').filter({ hasText: 'Ben' })).not.toHaveText(/windows/);
  await expect(annSees.people('Here now')).toHaveCount(2);
  await secondTab.close();
  await expect(annSees.people('Here now')).toHaveCount(1);
  await expect(annSees.people('Not here')).toHaveText(/Ben/);
  await expect(annSees.notice(/Ben/).last()).toHaveText(/left/);
});

test('Ben sees that Ann is typing, until she sends', async ({ visit, register, book, picture }) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  await expect(annSees.people('Here now')).toHaveCount(2);
  const typing = ben.page.locator('parley-typing-line');
  await annSees.field.pressSequentially('Just a');
  await expect(typing).toHaveText(/Ann is typing/);
  await picture(ben.page, 'exchange-typing');
  await expectNoViolations(ben.page);
  await annSees.field.press('Enter');
  await expect(benSees.message('Just a')).toHaveCount(1);
  await expect(typing).toBeEmpty();
  await expect(ann.page.locator('parley-typing-line')).toBeEmpty();
});

test('[C2] [P3] what is written without a network is delivered once when it is back', async ({
  server,
  visit,
  register,
  book,
  picture,
}) => {
  const network = await CutNetwork.before(server.url);
  const [ann, ben] = [await visit(await register('Ann'), { at: network.url }), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  await annSees.send('Before');

  network.cut();
  await expect(annSees.connection).toHaveText(/Reconnecting/);
  for (const text of ['First, without a network', `Second, ${cafe}`]) await annSees.write(text);
  await expect(annSees.log.getByText('Sending')).toHaveCount(2);
  await expect(ann.page.locator('parley-connection-pill')).toContainText('2 messages queued');
  await picture(ann.page, 'exchange-reconnecting');
  await expectNoViolations(ann.page);
  await benSees.send('Meanwhile');

  network.restore();
  await expect(annSees.connection).toHaveText('Connected', { timeout: 45_000 });
  await expect(annSees.log.getByText('Sending')).toHaveCount(0);
  const expected = ['Before', 'Meanwhile', 'First, without a network', `Second, ${cafe}`];
  await expect.poll(() => benSees.texts()).toEqual(expected);
  await expect.poll(() => annSees.texts()).toEqual(expected);
  await ann.page.reload();
  const again = await ExchangeScreen.on(ann.page);
  await expect.poll(() => again.texts()).toEqual(expected);
  await ann.context.close();
  await network.close();
});

test('[P3] [H3] a message whose acknowledgement is lost is there once', async ({ server, visit, register, book }) => {
  const network = await CutNetwork.before(server.url);
  const [ann, ben] = [await visit(await register('Ann'), { at: network.url }), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  network.mute();
  await annSees.write('Did that arrive?');
  await expect(benSees.message('Did that arrive?')).toHaveCount(1);
  await expect(annSees.message('Did that arrive?')).toContainText('Sending');
  network.cut();
  await expect(annSees.connection).toHaveText(/Reconnecting/);
  network.restore();
  await expect(annSees.message('Did that arrive?')).toContainText('Sent', { timeout: 45_000 });
  await annSees.send('It did');
  await expect(benSees.message('It did')).toHaveCount(1);
  expect(await benSees.texts()).toEqual(['Did that arrive?', 'It did']);
  expect(await annSees.texts()).toEqual(['Did that arrive?', 'It did']);
  await ann.context.close();
  await network.close();
});

test('the browser says that it is offline, and the page goes on when it is back', async ({ visit, register, book }) => {
  const ann = await visit(await register('Ann'));
  const { id } = await book(ann.person, []);
  const sees = await ExchangeScreen.enter(ann.page, id);
  await ann.context.setOffline(true);
  await sees.write('Written offline');
  await ann.context.setOffline(false);
  await expect(sees.message('Written offline')).toContainText('Sent', { timeout: 45_000 });
  await expect(sees.connection).toHaveText('Connected');
  expect(await sees.texts()).toEqual(['Written offline']);
});

test('[F3] a message that the server refuses says so, and can be sent again or discarded', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person]);
  let refusing = true;
  await ann.page.routeWebSocket(/\/sock\?/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((data) => {
      const {
        store,
        id: frame,
        topic,
      } = JSON.parse(data.toString()) as { store?: boolean; id?: string; topic?: string };
      if (!refusing || store !== true) {
        server.send(data);
        return;
      }
      const payload = { code: 'forbidden', message: 'Not now.', id: frame };
      const timestamp = new Date().toISOString();
      socket.send(JSON.stringify({ type: 'error', topic, sender: null, store: false, timestamp, payload, id: frame }));
    });
  });
  const [annSees, benSees] = [await ExchangeScreen.enter(ann.page, id), await ExchangeScreen.enter(ben.page, id)];
  for (const text of ['Take this', 'And this']) {
    await annSees.write(text);
    await expect(annSees.message(text)).toContainText('Not sent.');
  }
  await picture(ann.page, 'exchange-not-sent');
  await expectNoViolations(ann.page);
  refusing = false;
  await annSees.message('And this').getByRole('button', { name: 'Discard' }).click();
  await expect(annSees.message('And this')).toHaveCount(0);
  await annSees.message('Take this').getByRole('button', { name: 'Retry' }).click();
  await expect(annSees.message('Take this')).toContainText('Sent');
  await expect(annSees.message('Take this')).not.toContainText('Not sent');
  await annSees.send('Last');
  await expect(benSees.message('Last')).toHaveCount(1);
  expect(await benSees.texts()).toEqual(['Take this', 'Last']);
  expect(await annSees.texts()).toEqual(['Take this', 'Last']);
});
