import { compare } from './compare';
import type { Workload } from './comparison';
import type { Contender, Sample } from './contract';
import { common } from './figures';

const workload: Workload = {
  name: 'café',
  title: 'Everyone hears everything',
  figures: [common.perCpuSecond('deliveries')],
  chart: ['perCpuSecond'],
  mustHold: [],
};

function sample(perSecond: number, more: Partial<Sample> = {}): Sample {
  return {
    seconds: 2,
    deliveries: perSecond * 2,
    perSecond,
    perCpuSecond: perSecond,
    serverCpu: 2,
    generatorCpu: 1,
    ...more,
  };
}

/** One whose repetitions give these, and who writes down when it ran. */
function contender(name: string, gives: readonly (Sample | Error)[], ran: string[] = []): Contender<{ size: number }> {
  const left = [...gives];
  return {
    name,
    version: '1.2.3',
    missing: () => Promise.resolve(undefined),
    measure: ({ size }) => {
      ran.push(`${name}:${size}`);
      const next = left.shift();
      return next === undefined || next instanceof Error
        ? Promise.reject(next ?? new Error('dry'))
        : Promise.resolve(next);
    },
  };
}

function absent(name: string, why: string): Contender<{ size: number }> {
  return { ...contender(name, []), missing: () => Promise.resolve(why) };
}

const quiet = (): void => undefined;

describe('compare', () => {
  it('lets the contenders take turns and gives median, min and max of each figure', async () => {
    const ran: string[] = [];
    const ours = contender('parley', [sample(300), sample(100), sample(250)], ran);
    const other = contender('日本語', [sample(10), sample(30), sample(20)], ran);
    const outcome = await compare(workload, [ours, other], { size: 7 }, { repetitions: 3, progress: quiet });
    expect(ran).toEqual(['parley:7', '日本語:7', 'parley:7', '日本語:7', 'parley:7', '日本語:7']);
    expect(outcome.contenders.map(({ name }) => name)).toEqual(['parley', '日本語']);
    expect(outcome.contenders[0]?.figures.perSecond).toEqual({ median: 250, min: 100, max: 300 });
    expect(outcome.contenders[1]?.figures.perSecond).toEqual({ median: 20, min: 10, max: 30 });
    expect(outcome).toMatchObject({ repetitions: 3, leftOut: [], pinned: null });
  });

  it('names who is missing and whose repetition failed, and goes on without them', async () => {
    const ran: string[] = [];
    const outcome = await compare(
      workload,
      [
        contender('parley', [sample(3), sample(1)], ran),
        absent('nchan', 'nginx is not on PATH'),
        contender('lossy', [sample(9), new Error('2 of 9 deliveries are missing')], ran),
      ],
      { size: 1 },
      { repetitions: 2, progress: quiet },
    );
    expect(outcome.contenders.map(({ name }) => name)).toEqual(['parley']);
    expect(outcome.leftOut).toEqual([
      { name: 'nchan', why: 'nginx is not on PATH' },
      { name: 'lossy', why: 'repetition 2 failed: 2 of 9 deliveries are missing' },
    ]);
  });

  it('fails when ours does, or is not there', async () => {
    const run = (first: Contender<{ size: number }>): Promise<unknown> =>
      compare(workload, [first, contender('ws', [sample(1)])], { size: 1 }, { repetitions: 1, progress: quiet });
    await expect(run(contender('parley', [new Error('one was lost')]))).rejects.toThrow('one was lost');
    await expect(run(absent('parley', 'not built'))).rejects.toThrow('parley cannot run: not built');
  });

  it('says whether every repetition had its cores', async () => {
    const run = async (...samples: Sample[]): Promise<boolean | null> => {
      const progress = quiet;
      const outcome = await compare(
        workload,
        [contender('parley', samples)],
        { size: 1 },
        { repetitions: 2, progress },
      );
      return outcome.pinned;
    };
    expect(await run(sample(1, { pinned: true }), sample(1, { pinned: true }))).toBe(true);
    expect(await run(sample(1, { pinned: true }), sample(1, { pinned: false }))).toBe(false);
    expect(await run(sample(1, { pinned: true }), sample(1))).toBeNull();
  });

  it('tells who waits what goes on', async () => {
    const lines: string[] = [];
    const progress = (line: string): unknown => lines.push(line);
    await compare(workload, [contender('parley', [sample(10)])], { size: 1 }, { repetitions: 1, progress });
    expect(lines).toEqual(['café 1/1: parley', 'parley: 20 in 2.00 s; CPU seconds: server 2.00, generator 1.00']);
  });
});
