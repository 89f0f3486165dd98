import { benchOptions } from './options';

function options(line: string): ReturnType<typeof benchOptions> {
  return benchOptions(line.split(' '), () => 77);
}

describe('the options of the bench', () => {
  it('have defaults, and a fresh seed', () => {
    expect(options('faults')).toEqual({
      workload: 'faults',
      amount: undefined,
      seconds: undefined,
      seed: 77,
      clients: 30,
      topics: 10,
      backoffMax: 4_000,
      program: undefined,
      json: false,
      repetitions: undefined,
      payload: undefined,
      windows: undefined,
      profile: undefined,
      only: undefined,
      save: false,
    });
  });

  it('are read', () => {
    const line =
      'faults 60 --seed 5 --clients 6 --topics 2 --backoff-max 30000 --server main.js --json --repetitions 3 --payload 256 --window 4,16 --profile out --save --seconds 3 --only parley,ws';
    expect(options(line)).toEqual({
      workload: 'faults',
      amount: 60,
      seconds: 3,
      seed: 5,
      clients: 6,
      topics: 2,
      backoffMax: 30_000,
      program: 'main.js',
      json: true,
      repetitions: 3,
      payload: 256,
      windows: [4, 16],
      profile: 'out',
      only: ['parley', 'ws'],
      save: true,
    });
  });

  it.each([
    ['faults 0', 'must be a number'],
    ['faults x', 'must be a number'],
    ['faults 1 2', 'Too much: 2'],
    ['faults --seed x', '--seed must be a number'],
    ['faults --unknown', 'Unknown option'],
  ])('refuse %s', (line, why) => {
    expect(() => options(line)).toThrow(why);
  });
});
