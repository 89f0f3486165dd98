import { TestBed } from '@angular/core/testing';
import { ThemeStore } from './theme-store';

describe('ThemeStore', () => {
  beforeEach(() => {
    localStorage.clear();
    document.documentElement.removeAttribute('data-theme');
    document.head.replaceChildren(
      ...['light', 'dark'].map((scheme) => {
        const bar = document.createElement('meta');
        bar.name = 'theme-color';
        bar.setAttribute('media', `(prefers-color-scheme: ${scheme})`);
        return bar;
      }),
    );
  });

  const bars = () =>
    [...document.querySelectorAll('meta[name="theme-color"]')].map((bar) => bar.getAttribute('content'));

  it('follows the system until someone chooses', () => {
    const store = TestBed.inject(ThemeStore);
    TestBed.tick();
    expect(store.theme()).toBe('system');
    expect(document.documentElement.hasAttribute('data-theme')).toBe(false);
    expect(bars()).toEqual(['#fbf9f5', '#0f1a1c']);
  });

  it('applies and remembers a choice, and forgets it again', () => {
    const store = TestBed.inject(ThemeStore);
    store.choose('dark');
    TestBed.tick();
    expect(document.documentElement.getAttribute('data-theme')).toBe('dark');
    expect(bars()).toEqual(['#0f1a1c', '#0f1a1c']);
    expect(localStorage.getItem('parley.theme')).toBe('dark');
    store.choose('system');
    expect(localStorage.getItem('parley.theme')).toBeNull();
  });

  it('takes up what was chosen before, and ignores what it does not know', () => {
    localStorage.setItem('parley.theme', 'light');
    expect(TestBed.inject(ThemeStore).theme()).toBe('light');
    TestBed.resetTestingModule();
    localStorage.setItem('parley.theme', 'sepia');
    expect(TestBed.inject(ThemeStore).theme()).toBe('system');
  });

  it('works where storage is blocked', () => {
    const blocked = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    const store = TestBed.inject(ThemeStore);
    store.choose('dark');
    expect(store.theme()).toBe('dark');
    blocked.mockRestore();
  });
});
