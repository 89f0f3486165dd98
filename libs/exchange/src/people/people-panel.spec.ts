import { TestBed } from '@angular/core/testing';
import { elementOf } from '../testing/element';
import { PeoplePanel } from './people-panel';
import { roster, type Invited } from './roster';

const people: readonly Invited[] = ['Ann', 'café 👩‍👩‍👧 日本語'].map((name, index) => ({
  userId: `user-${index}`,
  name,
  colour: '#256f3a',
  host: index === 0,
  former: false,
}));

async function panel(...connectionIds: string[]): Promise<string[]> {
  const fixture = TestBed.createComponent(PeoplePanel);
  const here = connectionIds.length === 0 ? [] : [{ userId: 'user-0', name: 'Ann', colour: '#256f3a', connectionIds }];
  fixture.componentRef.setInput('roster', roster(people, here, 'user-0'));
  await fixture.whenStable();
  const parts = elementOf(fixture).querySelectorAll('h2, .name, .facts');
  return [...parts].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
}

describe('people panel', () => {
  it('says who is here, how, and who is not', async () => {
    expect(await panel('one', 'two')).toEqual([
      'Here now 1',
      'Ann',
      'You · Host · 2 windows',
      'Not here 1',
      'café 👩‍👩‍👧 日本語',
    ]);
  });

  it('claims nothing before the server has said who is here', async () => {
    expect(await panel()).toEqual(['Taking part 2', 'Ann', 'You · Host', 'café 👩‍👩‍👧 日本語']);
  });
});
