import type { Participant } from '@parley/protocol';
import { roster, type Invited } from './roster';

function invited(name: string, more: Partial<Invited> = {}): Invited {
  return { userId: name.toLowerCase(), name, colour: '#256f3a', host: false, former: false, ...more };
}

function here(name: string, ...connectionIds: string[]): Participant {
  return { userId: name.toLowerCase(), name, colour: '#256f3a', connectionIds };
}

function names(entries: readonly { name: string }[]): string[] {
  return entries.map(({ name }) => name);
}

describe('roster', () => {
  const people = [invited('Cleo'), invited('Ben', { host: true }), invited('Ann'), invited('Dan', { former: true })];

  it('puts oneself first, then the host, then the others by name', () => {
    const { present, absent } = roster(people, [here('Ben', 'b'), here('Ann', 'a')], 'ann');
    expect(names(present)).toEqual(['Ann', 'Ben']);
    expect(present.map(({ me, host }) => [me, host])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(names(absent)).toEqual(['Cleo']);
  });

  it('[U1] lists several tabs of one person once', () => {
    const { present } = roster(people, [here('Ann', 'a1', 'a2', 'a3')], 'ann');
    expect(present).toHaveLength(1);
    expect(present[0]?.connections).toBe(3);
  });

  it('lists who was added meanwhile, and who no longer takes part only while here', () => {
    const { present, absent } = roster(people, [here('日本語', 'x'), here('Dan', 'd')], 'ann');
    expect(names(present)).toEqual(['Dan', '日本語']);
    expect(names(absent)).toEqual(['Ann', 'Ben', 'Cleo']);
  });
});
