import type { DemoPerson } from '@parley/protocol';

export interface Demo {
  readonly person: DemoPerson;
  readonly name: string;
  readonly email: string;
}

/** Who can be tried in one click, outside production. They have no password. */
export const demoPeople: readonly Demo[] = [
  { person: 'ann', name: 'Ann', email: 'ann@example.org' },
  { person: 'ben', name: 'Ben', email: 'ben@example.org' },
  { person: 'cleo', name: 'Cleo', email: 'cleo@example.org' },
];
