/** What `RTCPeerConnection.getStats()` resolves with, as far as it is used here (webrtc-stats). */
export type StatsReport = ReadonlyMap<string, unknown>;

/** One object of a report. What browsers leave out, and what is of another type than it should be, is undefined. */
export class Stat {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }

  is(name: string): boolean {
    return this.#values[name] === true;
  }
}

export function statOf(report: StatsReport, id: string | undefined): Stat | undefined {
  const value = id === undefined ? undefined : report.get(id);
  return isRecord(value) ? new Stat(value) : undefined;
}

export function statsOf(report: StatsReport, type: string): readonly Stat[] {
  return [...report.values()].filter(isRecord).flatMap((value) => (value.type === type ? [new Stat(value)] : []));
}

/** The sum over all of them; 0 without any. */
export function sum(stats: readonly Stat[], name: string): number {
  return stats.reduce((total, stat) => total + (stat.number(name) ?? 0), 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
