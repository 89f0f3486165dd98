import type { PressedKey } from '../page/page-keys';
import { callCommand, isFreeForTalking } from './call-keys';

function pressed(key: string, more: Partial<PressedKey> = {}): PressedKey {
  return { key, code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false, ...more };
}

describe('call keys', () => {
  it('switch with Ctrl, or Cmd, and D or E', () => {
    expect(callCommand(pressed('d', { ctrlKey: true }))).toBe('microphone');
    expect(callCommand(pressed('E', { metaKey: true }))).toBe('camera');
    expect(callCommand(pressed('d'))).toBeUndefined();
    expect(callCommand(pressed('d', { ctrlKey: true, shiftKey: true }))).toBeUndefined();
    expect(callCommand(pressed('d', { ctrlKey: true, isComposing: true }))).toBeUndefined();
  });

  it('leave Space to fields and buttons', () => {
    const button = document.createElement('button');
    const inside = button.appendChild(document.createElement('span'));
    for (const target of [document.createElement('textarea'), document.createElement('select'), button, inside]) {
      expect(isFreeForTalking(target)).toBe(false);
    }
    expect(isFreeForTalking(document.createElement('div'))).toBe(true);
    expect(isFreeForTalking(document.body)).toBe(true);
  });
});
