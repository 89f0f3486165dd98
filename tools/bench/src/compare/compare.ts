import type { Compared, Comparison, Workload } from './comparison';
import type { Contender, Sample } from './contract';
import { figuresOf } from './figures';
import { spreadOf } from './spread';

/** Repetitions of each contender, where nobody says otherwise. */
export const REPETITIONS = 5;

export interface CompareOptions {
  readonly repetitions: number;
  /** Told what goes on, for whoever waits. */
  readonly progress: (line: string) => void;
}

/** A comparison without where and when. */
export type Outcome = Omit<Comparison, 'circumstances'>;

/**
 * Lets the contenders do the workload in turns, A B C A B C …, so that what changes on the machine meanwhile meets all of
 * them. One that is missing, or whose repetition fails, is left out and named with the reason.
 *
 * @param contenders ours first
 * @throws whatever ours throws: without it there is nothing to compare with
 */
export async function compare<O>(
  workload: Workload,
  contenders: readonly Contender<O>[],
  options: O,
  { repetitions, progress }: CompareOptions,
): Promise<Outcome> {
  const leftOut = new Map<string, string>();
  const samples = new Map<string, Sample[]>();
  for (const [index, contender] of contenders.entries()) {
    const why = await contender.missing();
    if (why === undefined) samples.set(contender.name, []);
    else if (index === 0) throw new Error(`${contender.name} cannot run: ${why}`);
    else leftOut.set(contender.name, why);
  }
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    for (const [index, contender] of contenders.entries()) {
      const { name } = contender;
      if (!samples.has(name)) continue;
      progress(`${workload.name} ${repetition}/${repetitions}: ${name}`);
      try {
        const sample = await contender.measure(options);
        samples.get(name)?.push(sample);
        progress(`${name}: ${inShort(sample)}`);
      } catch (error) {
        if (index === 0) throw error;
        const message = error instanceof Error ? error.message : String(error);
        leftOut.set(name, `repetition ${repetition} failed: ${message}`);
        samples.delete(name);
        progress(`${name} is left out: ${message}`);
      }
    }
  }
  return {
    workload,
    repetitions,
    contenders: contenders.flatMap(({ name, version }) => {
      const own = samples.get(name);
      return own === undefined ? [] : [compared(name, version, own)];
    }),
    leftOut: [...leftOut].map(([name, why]) => ({ name, why })),
    pinned: allPinned([...samples.values()].flat()),
  };
}

function compared(name: string, version: string, samples: readonly Sample[]): Compared {
  const values = new Map<string, number[]>();
  for (const sample of samples) {
    for (const [key, value] of Object.entries(figuresOf(sample))) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return {
    name,
    version,
    figures: Object.fromEntries([...values].map(([key, own]) => [key, spreadOf(own)])),
  };
}

function allPinned(samples: readonly Sample[]): boolean | null {
  if (samples.some(({ pinned }) => pinned === false)) return false;
  return samples.some(({ pinned }) => pinned === undefined) ? null : true;
}

function inShort({ deliveries, seconds, serverCpu, generatorCpu }: Sample): string {
  const [took, server, generator] = [seconds, serverCpu, generatorCpu].map((value) => value.toFixed(2));
  return `${deliveries} in ${took ?? ''} s; CPU seconds: server ${server ?? ''}, generator ${generator ?? ''}`;
}
