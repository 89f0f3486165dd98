import type { DemoPerson } from '@parley/protocol';

export interface Demo {
  readonly person: DemoPerson;
  /** Given, so that the three have colours that differ: a colour follows from the id (U2). */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Who can be tried in one click, outside production. They have no password. */
export const demoPeople: readonly Demo[] = [
  { person: 'ann', id: 'de300000-0000-4000-8000-0000000000a5', name: 'Ann', email: 'ann@example.org' },
  { person: 'ben', id: 'de300000-0000-4000-8000-0000000000c5', name: 'Ben', email: 'ben@example.org' },
  { person: 'cleo', id: 'de300000-0000-4000-8000-0000000000a3', name: 'Cleo', email: 'cleo@example.org' },
];
