import { participantColour } from '@parley/protocol';
import { findIn, knownPeople, samePeople } from './directory';

const ann = { userId: 'ann', name: 'Ann', colour: '#256f3a' };

describe('directory', () => {
  it('knows everyone once, by the newest name', () => {
    const people = knownPeople([ann], [{ ...ann, name: 'café 👩‍👩‍👧 日本語' }]);
    expect(people).toEqual([{ ...ann, name: 'café 👩‍👩‍👧 日本語' }]);
    expect(findIn(people)('ann').name).toBe('café 👩‍👩‍👧 日本語');
  });

  it('has a stand-in for who is not known, in the colour that they will have', () => {
    expect(findIn([ann])('ben')).toEqual({ userId: 'ben', name: 'Someone', colour: participantColour('ben') });
  });

  it('compares what is shown', () => {
    expect(samePeople([ann], [{ ...ann }])).toBe(true);
    expect(samePeople([ann], [{ ...ann, name: 'Ben' }])).toBe(false);
    expect(samePeople([ann], [])).toBe(false);
  });
});
