/** What a key asks of the page. */
export type PageCommand =
  'chat' | 'people' | 'call' | 'board' | 'files' | 'next-region' | 'previous-region' | 'help' | 'escape';

export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'
>;

/** Every key of the page, for the help dialog. */
export const pageKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Alt', '1'], does: 'Go to the chat' },
  { keys: ['Alt', '2'], does: 'Go to the people' },
  { keys: ['Alt', '3'], does: 'Go to the call' },
  { keys: ['Alt', '4'], does: 'Go to the board' },
  { keys: ['Alt', '5'], does: 'Go to the files' },
  { keys: ['F6'], does: 'Go to the next part of the page' },
  { keys: ['Shift', 'F6'], does: 'Go to the part before' },
  { keys: ['Enter'], does: 'Send the message' },
  { keys: ['Shift', 'Enter'], does: 'Begin a new line' },
  { keys: ['Esc'], does: 'Back to writing' },
  { keys: ['Ctrl', 'D'], does: 'Microphone on or off, in a call' },
  { keys: ['Ctrl', 'E'], does: 'Camera on or off, in a call' },
  { keys: ['Space'], does: 'Talk while it is held, when muted' },
  { keys: ['?'], does: 'Show these keys, while not writing' },
];

/** By the place of the key: with Alt, some layouts write another character. */
const panels: Readonly<Record<string, PageCommand>> = {
  Digit1: 'chat',
  Digit2: 'people',
  Digit3: 'call',
  Digit4: 'board',
  Digit5: 'files',
};

/** @param writing whether the key would otherwise write something */
export function pageCommand(pressed: PressedKey, writing: boolean): PageCommand | undefined {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing } = pressed;
  if (isComposing || ctrlKey || metaKey) return undefined;
  if (altKey) {
    return shiftKey ? undefined : panels[code];
  }
  if (key === 'F6') return shiftKey ? 'previous-region' : 'next-region';
  if (key === 'Escape') return 'escape';
  return key === '?' && !writing ? 'help' : undefined;
}

/** Inputs in which nothing is written. */
const unwritten = ['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit'];

/** True where a key writes: fields, and whatever else can be edited. */
export function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !unwritten.includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select'));
}
