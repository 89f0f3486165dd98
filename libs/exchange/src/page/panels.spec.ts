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
  return { made, enter, become, shown: () => [...made.shown()] };
}

describe('panels', () => {
  it('of a narrow page are shown one at a time, the call when it begins and the chat after it', () => {
    const { made, enter, shown } = setUp(true);
    expect(shown()).toEqual(['chat']);
    enter('lobby');
    expect(shown()).toEqual(['call']);
    made.show('people');
    enter('in');
    expect(shown()).toEqual(['call']);
    made.show('people');
    enter('out');
    expect(shown()).toEqual(['people']);
    enter('lobby');
    enter('out');
    expect(shown()).toEqual(['chat']);
  });

  it('of a wide page leave the chat where it is until a call needs the stage', () => {
    const { made, enter, shown } = setUp(false);
    expect(shown()).toEqual(['chat', 'people']);
    made.togglePeople();
    expect(shown()).toEqual(['chat']);
    made.show('files');
    expect(shown()).toEqual(['chat', 'files']);
    made.show('chat');
    expect(shown()).toEqual(['chat', 'files']);
    enter('in');
    expect(shown()).toEqual(['call', 'files']);
    made.show('chat');
    expect(shown()).toEqual(['call', 'chat']);
    made.togglePeople();
    expect(shown()).toEqual(['call', 'people']);
    // The column stays: with it would go what tells of new messages.
    made.togglePeople();
    expect(shown()).toEqual(['call', 'chat']);
  });

  it('of a wide page have the chat beside the board, with and without a call', () => {
    const { made, enter, shown } = setUp(false);
    made.show('board');
    expect(shown()).toEqual(['board', 'chat']);
    made.show('people');
    expect(shown()).toEqual(['board', 'people']);
    made.show('chat');
    expect(shown()).toEqual(['board', 'chat']);
    made.setStage('chat');
    expect(shown()).toEqual(['chat', 'people']);
    enter('in');
    made.show('board');
    expect([made.stage(), ...shown()]).toEqual(['board', 'board', 'chat']);
    made.setStage('call');
    expect(shown()).toEqual(['call', 'chat']);
    made.show('board');
    enter('out');
    expect(shown()).toEqual(['board', 'chat']);
  });

  it.each([true, false])('are those of the board again for who joined a call from it (narrow: %s)', (narrow) => {
    const { made, enter, shown } = setUp(narrow);
    made.show('board');
    enter('lobby');
    expect(shown()[0]).toBe('call');
    enter('out');
    expect(shown()[0]).toBe('board');
    enter('lobby');
    enter('in');
    expect(shown()[0]).toBe('board');
    enter('out');
    expect(shown()[0]).toBe('board');
  });

  it('follow the window when it is made narrow', () => {
    const { enter, become, shown } = setUp(false);
    enter('in');
    expect(shown()).toEqual(['call', 'chat']);
    become(true);
    expect(shown()).toEqual(['call']);
  });
});
