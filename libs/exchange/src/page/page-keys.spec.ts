import { isWriting, pageCommand, type PressedKey } from './page-keys';

function pressed(key: string, more: Partial<PressedKey> = {}): PressedKey {
  return { key, code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false, ...more };
}

describe('page keys', () => {
  it('goes to a panel by the place of the key, whatever Alt makes of it', () => {
    expect(pageCommand(pressed('¡', { code: 'Digit1', altKey: true }), true)).toBe('chat');
    expect(pageCommand(pressed('2', { code: 'Digit2', altKey: true }), false)).toBe('people');
    expect(pageCommand(pressed('2', { code: 'Digit2', altKey: true, ctrlKey: true }), false)).toBeUndefined();
  });

  it('goes through the parts of the page both ways', () => {
    expect(pageCommand(pressed('F6'), true)).toBe('next-region');
    expect(pageCommand(pressed('F6', { shiftKey: true }), true)).toBe('previous-region');
  });

  it('lets a question be asked', () => {
    expect(pageCommand(pressed('?', { shiftKey: true }), true)).toBeUndefined();
    expect(pageCommand(pressed('?', { shiftKey: true }), false)).toBe('help');
  });

  it('leaves the keys of an input method alone', () => {
    expect(pageCommand(pressed('Escape', { isComposing: true }), true)).toBeUndefined();
    expect(pageCommand(pressed('Escape'), true)).toBe('escape');
  });

  it('knows where one writes', () => {
    expect(isWriting(document.createElement('textarea'))).toBe(true);
    expect(isWriting(document.createElement('button'))).toBe(false);
    expect(isWriting(document.createElement('input'))).toBe(true);
    expect(isWriting(Object.assign(document.createElement('input'), { type: 'radio' }))).toBe(false);
    expect(isWriting(null)).toBe(false);
  });
});
