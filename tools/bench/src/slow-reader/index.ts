import { CloseCode } from '@parley/protocol';
import { number, type Report } from '../stack/report';
import { measureSlowReader, type Phase, type SlowReaderOptions } from './measure-slow-reader';

export async function slowReader(options: SlowReaderOptions): Promise<Report> {
  const phases = await measureSlowReader(options);
  const broken = brokenRules(phases);
  const { publishers, readers, perSecond, seconds } = options;
  return {
    title:
      `slow reader: ${publishers} publishers store ${number(perSecond)} messages a second of about 1 kB in one topic, ` +
      `${readers} read; phases of ${seconds} s`,
    lines: [...phases.flatMap(inWords), ...broken],
    figures: phases,
    failed: broken.length > 0,
  };
}

/** Whatever must not be, however slow the machine is. */
export function brokenRules(phases: readonly Phase[]): string[] {
  return phases.flatMap(({ recovery }) => {
    if (recovery === undefined) return [];
    const { closeCode, missing, twice, disordered } = recovery;
    const broken = closeCode === CloseCode.slowReader ? [] : [`the one who stopped got ${closeCode}, not 4408`];
    if (missing + twice + disordered > 0) {
      broken.push(`the one who stopped: ${missing} missing, ${twice} twice, ${disordered} out of order`);
    }
    return broken;
  });
}

function inWords({ withStopped, perSecond, latency, memory, cpu, recovery }: Phase): Report['lines'] {
  const megabytes = (bytes: number): string => number(bytes / 2 ** 20);
  return [
    withStopped ? 'one more stops reading' : 'everyone reads',
    ['acknowledged', `${number(perSecond)} a second`],
    [
      'the others’ latency',
      `p50 ${number(latency.p50, 1)} ms, p99 ${number(latency.p99, 1)} ms, worst ${number(latency.worst, 1)} ms`,
    ],
    [
      'server memory',
      `${megabytes(memory.before)} MiB before, ${megabytes(memory.most)} at most, ${megabytes(memory.after)} after`,
    ],
    ['CPU', `server ${number(cpu.server * 100)} %, bench ${number(cpu.bench * 100)} %`],
    ...(recovery === undefined
      ? []
      : [
          [
            'the one who stopped',
            `closed with ${recovery.closeCode ?? 'nothing'}, then saw ${number(recovery.seen)}: ${recovery.missing} missing, ` +
              `${recovery.twice} twice, ${recovery.disordered} out of order`,
          ] as const,
        ]),
  ];
}
