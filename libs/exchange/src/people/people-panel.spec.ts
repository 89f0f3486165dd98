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

  it('says who was here before, and claims nothing of now, without a connection', async () => {
    const fixture = TestBed.createComponent(PeoplePanel);
    const here = [{ userId: 'user-0', name: 'Ann', colour: '#256f3a', connectionIds: ['one'] }];
    fixture.componentRef.setInput('roster', roster(people, here, 'user-0'));
    fixture.componentRef.setInput('stale', true);
    await fixture.whenStable();
    const titles = [...elementOf(fixture).querySelectorAll('h2')].map(({ textContent }) => textContent.trim());
    expect(titles.map((title) => title.replace(/\s+/g, ' '))).toEqual(['Here before 1', 'Not here before 1']);
    expect(elementOf(fixture).querySelector('.dot')).toBeNull();
    expect(elementOf(fixture).textContent).toContain('as soon as you are connected again');
  });

  it('offers to remove others, and neither oneself nor the host', async () => {
    const fixture = TestBed.createComponent(PeoplePanel);
    const removed: string[] = [];
    fixture.componentInstance.remove.subscribe(({ userId }) => removed.push(userId));
    fixture.componentRef.setInput('roster', roster(people, [], 'user-0'));
    await fixture.whenStable();
    expect(elementOf(fixture).querySelector('button')).toBeNull();
    fixture.componentRef.setInput('canRemove', true);
    await fixture.whenStable();
    const buttons = [...elementOf(fixture).querySelectorAll('button')];
    expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual(['Remove café 👩‍👩‍👧 日本語']);
    buttons[0]?.click();
    expect(removed).toEqual(['user-1']);
  });
});
