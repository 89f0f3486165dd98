import { cpus } from 'node:os';
import { number, type Report } from '../stack/report';
import { measureStored } from './stored';

export async function stored(seconds: number): Promise<Report> {
  const figures = await measureStored({ seconds, topics: 10, connectionsPerTopic: 2, inFlight: 64 });
  const { oneByOne, latency, rows, lost, doubled, misnumbered, gaps } = figures;
  const [before, after] = oneByOne;
  const cores = `${cpus().length} cores (${cpus()[0]?.model ?? ''})`;
  return {
    title: `stored messages, ${seconds} s, 20 connections in 10 topics, ${cores}`,
    lines: [
      ['acknowledged', `${number(figures.acknowledged)} (${number(figures.perSecond)} a second)`],
      ['one INSERT a row', `${number(before)} a second before, ${number(after)} after`],
      ['ratio', number((2 * figures.perSecond) / (before + after), 1)],
      ['send to ack', `p50 ${number(latency.p50, 1)} ms, p99 ${number(latency.p99, 1)} ms`],
      ['server CPU', `${number(figures.serverCpuPerMillion, 1)} s a million messages`],
      ['load generator CPU', `${number(figures.generatorCpu, 1)} s`],
      ['table', `${number(rows)} rows; lost ${lost}, doubled ${doubled}, misnumbered ${misnumbered}, gaps ${gaps}`],
    ],
    figures,
    failed: lost + doubled + misnumbered + gaps > 0,
  };
}
