import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { CallMode } from '../call/call-room';
import { giveLayout } from '../testing/layout';
import { panels } from './panels';

function setUp(narrow: boolean) {
  giveLayout();
  const list = Object.assign(window.matchMedia(''), { matches: narrow });
  window.matchMedia = () => list;
  const mode = signal<CallMode>('out');
  const made = TestBed.runInInjectionContext(() => panels(mode));
  const enter = (next: CallMode): void => {
    mode.set(next);
    TestBed.tick();
  };
  const become = (isNarrow: boolean): void => {
    Object.assign(list, { matches: isNarrow });
    list.dispatchEvent(new Event('change'));
  };
  TestBed.tick();
  return { made, enter, become };
}

describe('panels', () => {
  it('of a narrow page are shown one at a time, the call when it begins and the chat after it', () => {
    const { made, enter } = setUp(true);
    expect([made.panel(), made.chatShown()]).toEqual(['chat', true]);
    enter('lobby');
    expect([made.panel(), made.chatShown()]).toEqual(['call', false]);
    made.show('people');
    enter('in');
    expect(made.panel()).toBe('call');
    made.show('people');
    enter('out');
    expect(made.panel()).toBe('people');
    enter('lobby');
    enter('out');
    expect([made.panel(), made.chatShown()]).toEqual(['chat', true]);
  });

  it('of a wide page leave the chat where it is until a call needs the stage', () => {
    const { made, enter } = setUp(false);
    made.show('people');
    expect([made.chatShown(), made.peopleShown()]).toEqual([true, true]);
    made.togglePeople();
    expect([made.chatShown(), made.peopleShown()]).toEqual([true, false]);
    enter('in');
    expect(made.chatShown()).toBe(false);
    made.show('chat');
    expect([made.chatShown(), made.peopleShown()]).toEqual([true, false]);
    made.togglePeople();
    expect([made.chatShown(), made.peopleShown()]).toEqual([false, true]);
    // The column stays: with it would go what tells of new messages.
    made.togglePeople();
    expect([made.chatShown(), made.peopleShown()]).toEqual([true, false]);
  });

  it('follow the window when it is made narrow', () => {
    const { made, enter, become } = setUp(false);
    enter('in');
    expect([made.current(), made.chatShown()]).toEqual(['chat', true]);
    become(true);
    expect([made.current(), made.chatShown()]).toEqual(['call', false]);
  });
});
