import { setTimeout as wait } from 'node:timers/promises';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { planBurst, planRelays, type Burst, type Lengths } from './harness/call-faults';
import { expect, test } from './harness/call-journey';
import { problemsOf, untilInOrder } from './harness/call-order';
import { CallWorld } from './harness/call-world';
import { figure } from './harness/figure';
import { Seeded } from './harness/seeded';
import { forgetStill, viewOf } from './harness/tile-eye';

/**
 * A longer run: PARLEY_CALL_MINUTES. To repeat one: PARLEY_CALL_SEED, which is printed. What happened is in
 * test-results/call-faults, for whoever seeks a cause.
 */
const minutes = Number(process.env.PARLEY_CALL_MINUTES ?? 0);
const isLong = minutes > 0;
const fixedSeed = 20_261_123;
const freshSeed = Date.now() % 2 ** 32;
const seeds =
  process.env.PARLEY_CALL_SEED !== undefined ? [Number(process.env.PARLEY_CALL_SEED)] : [fixedSeed, freshSeed];
/** Milliseconds of faults for each seed; the rest of a minute is for starting and ending. */
const each = isLong ? (minutes * 60_000) / seeds.length : 7_000;
const lengths: Lengths = isLong ? { least: 1_000, most: 20_000 } : { least: 1_000, most: 4_000 };

/** Milliseconds after which all has to be well again: who vanished without a word is waited for 30 s (U3), and 10 s (K5). */
const RECOVER_MS = 50_000;

/** Milliseconds without a further picture on a machine that is busy, while only the way to the server is away. */
const STILL_MS = 5_000;

/** Milliseconds after which whoever a restarted server forgot is said to have left (U3). */
const FORGOTTEN_MS = 11_000;

const folder = 'test-results/call-faults';

// The diaries tell more, and a trace of every page costs more than the call.
test.use({ trace: 'off' });

class Record {
  readonly violations: string[] = [];
  readonly times = new Map<string, number[]>();
  bursts = 0;
  faults = 0;

  took(name: string, ms: number): void {
    this.times.set(name, [...(this.times.get(name) ?? []), ms]);
  }

  print(): void {
    for (const [name, all] of [...this.times].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const sorted = [...all].sort((one, other) => one - other);
      figure(
        `${name}: in order after ${sorted[sorted.length >> 1]} ms, at worst ${sorted.at(-1)} ms (of ${all.length})`,
      );
    }
  }
}

/** Without the name of whom it happened to. */
function kindOf({ names }: Burst): string {
  const [only = 'nothing', ...more] = names;
  return more.length > 0 ? 'several at once' : only.replace(/^\w+: /, '');
}

/** Pictures have gone on all the time in tiles that stayed, for whoever only lost the server. */
async function stoodStill(world: CallWorld, longerThan: number): Promise<string[]> {
  const found = await Promise.all(
    world.people.map(async ({ page, person }) => {
      const { tiles } = await viewOf(page);
      return tiles
        .filter(({ longestStill }) => longestStill > longerThan)
        .map(({ key, longestStill }) => `${person.name}: no picture of ${key} for ${longestStill} ms`);
    }),
  );
  return found.flat().map((words) => world.inWords(words));
}

async function weather(world: CallWorld, random: Seeded, burst: Burst, record: Record): Promise<void> {
  const violated = (words: string): void => {
    record.violations.push(`seed ${random.seed}, ${burst.names.join(' + ')}: ${words}`);
    world.say(`!!! ${words}`);
  };
  world.say(`--- ${burst.names.join(' + ')}`);
  const tilesBefore = await Promise.all(
    world.people.map(({ page }) => page.locator('parley-call-tile').elementHandles()),
  );
  if (burst.sparesMedia) await Promise.all(world.people.map(({ page }) => forgetStill(page)));
  for (const words of await burst.run(world)) violated(words);
  const { took, problems } = await untilInOrder(world, RECOVER_MS);
  record.bursts += 1;
  record.faults += burst.names.length;
  record.took(kindOf(burst), took);
  world.say(`in order after ${took} ms`);
  if (problems.length > 0) violated(`not in order after ${RECOVER_MS} ms: ${problems.join('; ')}`);
  else if (isLong && (burst.names.some((name) => name.startsWith('server')) || random.once(6))) {
    await wait(FORGOTTEN_MS);
    const later = await problemsOf(world);
    if (later.length > 0) {
      const again = await untilInOrder(world, RECOVER_MS);
      violated(`out of order again later: ${later.join('; ')}; and in order after further ${again.took} ms`);
    }
  }
  if (burst.sparesMedia) {
    for (const words of await stoodStill(world, STILL_MS)) violated(words);
    for (const [index, tiles] of tilesBefore.entries()) {
      const connected = await Promise.all(tiles.map((tile) => tile.evaluate((element) => element.isConnected)));
      if (connected.includes(false)) violated(`${world.people[index]?.person.name}: a tile was made anew`);
    }
  }
  for (const words of world.wrong.splice(0)) violated(words);
}

async function writeDiaries(world: CallWorld, name: string): Promise<void> {
  for (const { person, diary, page } of world.people) {
    const view = await viewOf(page).catch((error: unknown) => String(error));
    const text = `${JSON.stringify(view, undefined, 1)}\n${diary.text}\n`;
    writeFileSync(`${folder}/${name}-${person.name}.txt`, world.inWords(text));
  }
}

test('whatever breaks, everyone who is in the call sees everyone else, each in their own tile', async ({ browser }) => {
  test.setTimeout(isLong ? seeds.length * each + 180_000 : 120_000);
  mkdirSync(folder, { recursive: true });
  const log = `${folder}/${seeds.join('-')}.log`;
  writeFileSync(log, '');
  const world = await CallWorld.open(browser, process.env.PARLEY_COTURN !== 'skip', (words) => {
    appendFileSync(log, `${words}\n`);
  });
  const record = new Record();
  try {
    await Promise.all(world.people.map((someone) => world.join(someone)));
    record.took('joining at the same moment', (await untilInOrder(world, RECOVER_MS)).took);
    for (const seed of seeds) {
      const random = new Seeded(seed);
      figure(`seed ${seed}, ${Math.round(each / 1_000)} s: PARLEY_CALL_SEED=${seed} repeats it`);
      const until = Date.now() + each;
      if (isLong) await weather(world, random, planRelays(random, world.people.length), record);
      while (Date.now() < until) {
        const before = record.violations.length;
        await weather(world, random, planBurst(random, world.people.length, lengths), record);
        if (record.violations.length === before) continue;
        await writeDiaries(world, `${seed}-${world.now()}`);
        if (!isLong) break;
        // What was found once is not found again in each further burst.
        for (const someone of world.people) {
          someone.isIn = false;
          someone.screen = false;
          await someone.page.goto('about:blank');
        }
        await wait(1_000);
        await Promise.all(world.people.map((someone) => world.join(someone)));
        await untilInOrder(world, RECOVER_MS);
      }
    }
  } finally {
    record.print();
    figure(`${record.bursts} bursts of ${record.faults} faults in ${Math.round(world.now() / 1_000)} s`);
    await world.close();
  }
  expect(record.violations).toEqual([]);
  expect(record.bursts).toBeGreaterThan(1);
});
