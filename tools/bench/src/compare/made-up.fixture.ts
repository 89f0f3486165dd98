import type { Comparison } from './comparison';
import { common } from './figures';
import { EVERY_OTHER } from './judge';

/** A comparison that nobody measured, for specs. */
export function madeUp(): Comparison {
  return {
    workload: {
      name: 'made-up',
      title: 'Everyone hears everyone <café & 日本語>',
      figures: [common.perCpuSecond('deliveries'), common.p99, common.memoryPerConnection],
      chart: ['perCpuSecond', 'p99'],
      mustHold: [
        { figure: 'perCpuSecond', over: 'socket.io', atLeast: 10 },
        { figure: 'perCpuSecond', over: 'redis | café', atLeast: 2 },
        { figure: 'p99', over: EVERY_OTHER, atMost: 1 },
        { figure: 'memoryPerConnection', atMost: 20 * 1024 },
      ],
    },
    repetitions: 5,
    contenders: [
      {
        name: 'parley',
        version: '0.1.0',
        figures: {
          perCpuSecond: { median: 1_250_000, min: 1_200_000, max: 1_300_000 },
          p99: { median: 4.2, min: 4, max: 5.5 },
          memoryPerConnection: { median: 18_944, min: 18_432, max: 19_456 },
          generatorShare: { median: 0.6, min: 0.5, max: 0.63 },
        },
      },
      {
        name: 'socket.io',
        version: '4.8.3',
        figures: {
          perCpuSecond: { median: 84_000, min: 80_000, max: 90_000 },
          p99: { median: 20.5, min: 18, max: 31 },
          memoryPerConnection: { median: 40_960, min: 39_936, max: 41_984 },
        },
      },
      {
        name: 'redis | café',
        version: '7.0.15',
        figures: { perCpuSecond: { median: 750_000, min: 700_000, max: 900_000 } },
      },
    ],
    leftOut: [{ name: 'nchan', why: 'nginx is not on PATH' }],
    pinned: true,
    circumstances: {
      command: 'npm run bench -- made-up 10 --save',
      date: '2026-11-23',
      commit: 'abc1234',
      cpu: 'A machine',
      cores: 2,
      kernel: 'Linux 6.1',
      node: 'v26.0.0',
    },
  };
}
