import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface BenchOptions {
  readonly workload: string;
  /** Seconds or how many, as the workload counts; undefined: its default. */
  readonly amount: number | undefined;
  /** How long is measured, where the amount is something else; undefined: the workload's default. */
  readonly seconds: number | undefined;
  /** Of what is random. The same seed gives the same plan. */
  readonly seed: number;
  readonly clients: number;
  readonly topics: number;
  /** Longest wait of the client before another attempt, in milliseconds. */
  readonly backoffMax: number;
  /** Another build of the server, inside the workspace. */
  readonly program: string | undefined;
  readonly json: boolean;
  /** How often each contender of a comparison does the workload; undefined: as often as usual. */
  readonly repetitions: number | undefined;
  /** Bytes of one payload; undefined: the workload's default. */
  readonly payload: number | undefined;
  /** Numbers of messages that are under way at all times, to try; undefined: the workload's default. */
  readonly windows: readonly number[] | undefined;
  /** A folder in which our server leaves CPU profiles, one for each start. */
  readonly profile: string | undefined;
  /** Names of the contenders that take part; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Keep a comparison's figures in docs/performance. */
  readonly save: boolean;
}

/** @throws TypeError for what is not an option, or not a number where one belongs */
export function benchOptions(args: readonly string[], freshSeed: () => number): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      seed: { type: 'string' },
      clients: { type: 'string', default: '30' },
      topics: { type: 'string', default: '10' },
      'backoff-max': { type: 'string', default: '4000' },
      server: { type: 'string' },
      json: { type: 'boolean', default: false },
      repetitions: { type: 'string' },
      payload: { type: 'string' },
      window: { type: 'string' },
      profile: { type: 'string' },
      only: { type: 'string' },
      save: { type: 'boolean', default: false },
    },
  });
  const [workload = '', amount, ...more] = positionals;
  if (more.length > 0) throw new TypeError(`Too much: ${more.join(' ')}`);
  return {
    workload,
    amount: amount === undefined ? undefined : positive('the amount', amount),
    seconds: values.seconds === undefined ? undefined : positive('--seconds', values.seconds),
    seed: values.seed === undefined ? freshSeed() : positive('--seed', values.seed),
    clients: positive('--clients', values.clients),
    topics: positive('--topics', values.topics),
    backoffMax: positive('--backoff-max', values['backoff-max']),
    program: values.server,
    json: values.json,
    repetitions: values.repetitions === undefined ? undefined : positive('--repetitions', values.repetitions),
    payload: values.payload === undefined ? undefined : positive('--payload', values.payload),
    windows: values.window?.split(',').map((window) => positive('--window', window)),
    profile: values.profile,
    only: values.only?.split(','),
    save: values.save,
  };
}

function positive(what: string, given: string): number {
  const value = Number(given);
  if (!(value > 0)) throw new TypeError(`${what} must be a number above 0, not ${given}`);
  return value;
}
