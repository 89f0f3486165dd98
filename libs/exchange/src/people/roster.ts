import type { Participant } from '@parley/protocol';
import type { Person } from '../person/person';

/** One line of the people panel. Several tabs of one person are one entry (U1). */
export interface RosterEntry extends Person {
  readonly me: boolean;
  readonly host: boolean;
  readonly present: boolean;
  /** Tabs and devices with which this person is here. */
  readonly connections: number;
}

export interface Roster {
  readonly present: readonly RosterEntry[];
  readonly absent: readonly RosterEntry[];
}

/** Someone of the booking. */
export interface Invited extends Person {
  readonly host: boolean;
  /** Took part once and does no longer. */
  readonly former: boolean;
}

/**
 * Who is here and who is not: oneself first, then the host, then by name. Who is here without being in `invited` was
 * added since the page was loaded and is listed too; who no longer takes part is listed only while here.
 */
export function roster(invited: readonly Invited[], here: readonly Participant[], me: string): Roster {
  const connections = new Map(here.map((participant) => [participant.userId, participant.connectionIds.length]));
  const known = new Set(invited.map(({ userId }) => userId));
  const everyone: readonly Invited[] = [
    ...invited,
    ...here.filter(({ userId }) => !known.has(userId)).map((person) => ({ ...person, host: false, former: false })),
  ];
  const entries = everyone
    .filter(({ userId, former }) => !former || connections.has(userId))
    .map(({ userId, name, colour, host }): RosterEntry => {
      const count = connections.get(userId) ?? 0;
      return { userId, name, colour, host, me: userId === me, present: count > 0, connections: count };
    })
    .sort(
      (one, other) =>
        Number(other.me) - Number(one.me) ||
        Number(other.host) - Number(one.host) ||
        one.name.localeCompare(other.name) ||
        (one.userId < other.userId ? -1 : 1),
    );
  return { present: entries.filter(({ present }) => present), absent: entries.filter(({ present }) => !present) };
}
