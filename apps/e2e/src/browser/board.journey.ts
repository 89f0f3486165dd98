import { BoardScreen, counted, expectSamePage, shapesOf } from './harness/board-screen';
import { expect, test } from './harness/journey';

const cafe = 'café 👩‍👩‍👧 日本語';

test('[W1] [W6] two people draw at once, have the same board, and each takes back only what is theirs', async ({
  visit,
  register,
  book,
  picture,
}) => {
  const [ann, ben] = [await visit(await register('Ann')), await visit(await register('Ben'))];
  const { id } = await book(ann.person, [ben.person], `Drawing, ${cafe}`);
  const [annDraws, benDraws] = [await BoardScreen.enter(ann.page, id), await BoardScreen.enter(ben.page, id)];
  const both = [annDraws, benDraws];

  const annWorks = async (): Promise<void> => {
    await annDraws.press('p');
    await annDraws.look('Red');
    await annDraws.draw([360, 100], [400, 140], [440, 100]);
    await annDraws.press('h');
    await annDraws.draw([360, 180], [470, 180]);
    await annDraws.press('r');
    await annDraws.draw([360, 240], [460, 310]);
    await annDraws.write('N', [440, 450], `Ann’s note, ${cafe}`);
  };
  const benWorks = async (): Promise<void> => {
    await benDraws.press('a');
    await benDraws.look('Green');
    await benDraws.draw([560, 100], [660, 140]);
    await benDraws.press('o');
    await benDraws.draw([560, 180], [660, 240]);
    await benDraws.press('l');
    await benDraws.draw([560, 280], [660, 320]);
    await benDraws.write('T', [560, 380], `Ben’s words, ${cafe}`);
  };
  await Promise.all([annWorks(), benWorks()]);
  const first = await expectSamePage(both, 8);
  expect(counted(first)).toEqual({ drawn: 6, texts: 1, notes: 1 });
  for (const words of ['Ann’s note', 'Ben’s words', '日本語']) expect(first).toContain(words);

  // One moves and turns over what the other made, at once: Ann her rectangle over Ben’s ellipse, Ben the note away.
  await Promise.all([
    (async () => {
      await annDraws.press('v');
      await annDraws.draw([360, 280], [530, 230]);
      await annDraws.look('Orange');
      await annDraws.page.getByRole('button', { name: 'Send to back' }).click();
    })(),
    (async () => {
      await benDraws.press('v');
      await benDraws.draw([440, 520], [480, 540]);
      await benDraws.click([610, 300]);
      await benDraws.press('Delete');
    })(),
  ]);
  const second = await expectSamePage(both, 7);
  expect(shapesOf(second)[1]).toContain(orange);
  expect(shapesOf(second).filter((line) => line.includes(green))).toHaveLength(2);
  await picture(ann.page, 'board-two-people');

  // Ben first, then Ann: what Ann takes back is hers, though Ben’s change is older or newer than it.
  await benDraws.press('p');
  await benDraws.look('Violet');
  await benDraws.draw([640, 460], [700, 500]);
  await annDraws.press('p');
  await annDraws.draw([720, 100], [740, 160]);
  await benDraws.draw([720, 460], [740, 500]);
  await expectSamePage(both, 10);
  await annDraws.tool('Undo').click();
  const undone = await expectSamePage(both, 9);
  expect(shapesOf(undone).filter((line) => line.includes(violet))).toHaveLength(2);
  // Her next steps back: not over Ben’s strokes, but over her own turn, colour and move.
  for (let times = 0; times < 3; times += 1) await annDraws.press('Control+z');
  await expect.poll(async () => (await benDraws.svg()).includes(orange)).toBe(false);
  const agreed = await expectSamePage(both, 9);
  expect(shapesOf(agreed).filter((line) => line.includes(violet))).toHaveLength(2);
  expect(agreed).toContain('M360 240');

  await ann.page.reload();
  expect(await (await BoardScreen.on(ann.page)).svg()).toBe(agreed);
});

const [orange, green, violet] = ['#b25000', '#1f7a35', '#7b35c4'];
