import { CutNetwork, FaultProxy } from '@parley/harness';
import { setTimeout as wait } from 'node:timers/promises';
import { BoardScreen, expectSamePage, shapesOf, type Place } from './harness/board-screen';
import { figure } from './harness/figure';
import { expect, test } from './harness/journey';
import { Seeded } from './harness/seeded';

const cafe = 'café 👩‍👩‍👧 日本語';
const [red, blue] = ['#c2182b', '#1a5fd0'];

/** Places for strokes of 20 pixels, in rows; the upper ones are Ann’s. */
function placeOf(stroke: number): Place {
  return [350 + (stroke % 10) * 40, 80 + Math.floor(stroke / 10) * 40];
}

async function stroke(screen: BoardScreen, number: number): Promise<void> {
  const [x, y] = placeOf(number);
  await screen.draw([x, y], [x + 20, y + 12]);
}

/** Each stroke is on the page exactly once, in its colour. */
function expectStrokes(svg: string, colour: string, numbers: readonly number[]): void {
  const drawn = shapesOf(svg).filter((line) => line.includes(colour));
  const seen = drawn.map((line) => {
    const [, x = '', y = ''] = /d="M(-?[\d.]+) (-?[\d.]+)/.exec(line) ?? [];
    return Math.floor((Number(y) - 60) / 40) * 10 + Math.floor((Number(x) - 335) / 40);
  });
  expect(seen.sort((one, other) => one - other)).toEqual([...numbers].sort((one, other) => one - other));
}

test('[W1] [W4] two people draw 60 strokes while every tenth is cut, and each stroke is there once', async ({
  server,
  visit,
  register,
  book,
}) => {
  test.setTimeout(120_000);
  const seed = 20_261_123;
  const random = new Seeded(seed);
  const networks = [await FaultProxy.before(server.url), await FaultProxy.before(server.url)] as const;
  const ann = await visit(await register('Ann'), { at: networks[0].url });
  const ben = await visit(await register('Ben'), { at: networks[1].url });
  const { id } = await book(ann.person, [ben.person]);
  const both = [await BoardScreen.enter(ann.page, id), await BoardScreen.enter(ben.page, id)] as const;
  let cuts = 0;
  const numbers = [0, 1].map((who) => Array.from({ length: 30 }, (_, at) => who * 60 + at));
  // Which strokes are cut is known before: the two draw at once, in whatever order.
  const cut = new Set(numbers.flat().filter(() => random.once(10)));
  const draws = async (who: 0 | 1, colour: string): Promise<void> => {
    const [screen, network] = [both[who], networks[who]];
    await screen.press('p');
    await screen.look(colour);
    for (const number of numbers[who] ?? []) {
      const drawn = stroke(screen, number);
      if (cut.has(number)) {
        cuts += 1;
        network.cut();
      }
      await drawn;
    }
  };
  await Promise.all([draws(0, 'Red'), draws(1, 'Blue')]);
  // The last stroke of each is on its way when the network goes.
  for (const network of networks) network.cut();
  const ended = Date.now();
  const agreed = await expectSamePage(both, 60);
  figure(`60 strokes, seed ${seed}, ${cuts + 2} cuts: both agreed ${Date.now() - ended} ms after the last stroke`);
  expect(cuts).toBeGreaterThan(2);
  expectStrokes(agreed, red, numbers[0] ?? []);
  expectStrokes(agreed, blue, numbers[1] ?? []);
  await Promise.all([ann, ben].map(({ context }) => context.close()));
  await Promise.all(networks.map((network) => network.close()));
});

test('[W2] [W4] 60 s without a network: both draw, erase and write, one closes the page, and nothing is lost', async ({
  server,
  visit,
  register,
  book,
  picture,
}) => {
  test.setTimeout(180_000);
  const networks = [await CutNetwork.before(server.url), await CutNetwork.before(server.url)] as const;
  const ann = await visit(await register('Ann'), { at: networks[0].url });
  const ben = await visit(await register('Ben'), { at: networks[1].url });
  const { id } = await book(ann.person, [ben.person]);
  const both = [await BoardScreen.enter(ann.page, id), await BoardScreen.enter(ben.page, id)] as const;
  const [annDraws, benDraws] = both;
  for (const [who, colour] of ['Red', 'Blue'].entries()) {
    const screen = both[who] ?? annDraws;
    await screen.press('p');
    await screen.look(colour);
    for (const at of [0, 1, 2]) await stroke(screen, who * 60 + at);
  }
  await expectSamePage(both, 6);

  const cutAt = Date.now();
  for (const network of networks) network.cut();
  // Each rubs out one of the other’s strokes, draws three and writes.
  for (const [who, screen] of both.entries()) {
    for (const at of [3, 4, 5]) await stroke(screen, who * 60 + at);
    await screen.press('e');
    const [x, y] = placeOf((1 - who) * 60 + 1);
    await screen.draw([x + 10, y - 8], [x + 10, y + 24]);
    await screen.write(who === 0 ? 'N' : 'T', who === 0 ? [450, 470] : [580, 450], `Written by ${who}, ${cafe}`);
    await screen.expectObjects(9);
  }
  await expect(annDraws.status).toHaveText(/^\d+ changes queued\. You can go on\.$/);
  await expect(benDraws.status).toHaveText(/^\d+ changes queued\. You can go on\.$/);
  await picture(ann.page, 'board-queued');
  // Ben’s page goes away with what is in it: it is kept in his browser alone.
  await ben.page.close();
  await wait(cutAt + 60_000 - Date.now());
  figure(`without a network for ${((Date.now() - cutAt) / 1000).toFixed(1)} s`);

  const restored = Date.now();
  for (const network of networks) network.restore();
  const again = await ben.context.newPage();
  const benAgain = await BoardScreen.enter(again, id);
  const agreed = await expectSamePage([annDraws, benAgain], 12);
  figure(`after it both agreed within ${Date.now() - restored} ms, with opening Ben’s page again`);
  expectStrokes(agreed, red, [0, 2, 3, 4, 5]);
  expectStrokes(agreed, blue, [60, 62, 63, 64, 65]);
  for (const who of [0, 1]) expect(agreed).toContain(`Written by ${who}`);
  // All of it is the server’s now.
  await ann.page.reload();
  expect(await (await BoardScreen.on(ann.page)).svg()).toBe(agreed);
  await Promise.all([ann, ben].map(({ context }) => context.close()));
  await Promise.all(networks.map((network) => network.close()));
});
