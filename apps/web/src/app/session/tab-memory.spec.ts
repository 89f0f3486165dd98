import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { TabMemory } from './tab-memory';

class Tabs {
  static readonly channels: Tabs[] = [];
  private listener: () => void = () => undefined;

  constructor(readonly name: string) {
    Tabs.channels.push(this);
  }

  addEventListener(_: string, listener: () => void): void {
    this.listener = listener;
  }

  postMessage(): void {
    for (const other of Tabs.channels) if (other !== this && other.name === this.name) other.listener();
  }
}

describe('TabMemory', () => {
  beforeEach(() => {
    sessionStorage.clear();
    Object.assign(globalThis, { BroadcastChannel: Tabs });
  });
  afterEach(() => {
    Tabs.channels.splice(0);
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
  });

  it('forgets what this app kept in the tab, and nothing else', () => {
    for (const key of ['parley:draft:ann:t', 'parley:queue:0', 'other']) sessionStorage.setItem(key, 'café 👩‍👩‍👧 日本語');
    TestBed.inject(TabMemory).forget();
    expect(Object.keys(sessionStorage)).toEqual(['other']);
  });

  it('forgets it when another tab signs out', () => {
    const forgotten = jest.fn();
    TestBed.inject(TabMemory).forgotten.subscribe(forgotten);
    sessionStorage.setItem('parley:queue:0', 'waits');
    new Tabs('parley:signed-out').postMessage();
    expect(sessionStorage.length).toBe(0);
    expect(forgotten).toHaveBeenCalledTimes(1);
  });

  it('works where the browser has neither', () => {
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
    const defaultView = {
      get sessionStorage(): Storage {
        throw new DOMException('forbidden', 'SecurityError');
      },
    };
    TestBed.overrideProvider(DOCUMENT, { useValue: { defaultView } });
    expect(() => TestBed.inject(TabMemory).forget()).not.toThrow();
  });
});
