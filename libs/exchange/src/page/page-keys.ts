/** What a key asks of the page. */
export type PageCommand = 'chat' | 'people' | 'next-region' | 'previous-region' | 'help' | 'escape';

export type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'
>;

/** Every key of the page, for the help dialog. */
export const pageKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Alt', '1'], does: 'Go to the chat' },
  { keys: ['Alt', '2'], does: 'Go to the people' },
  { keys: ['F6'], does: 'Go to the next part of the page' },
  { keys: ['Shift', 'F6'], does: 'Go to the part before' },
  { keys: ['Enter'], does: 'Send the message' },
  { keys: ['Shift', 'Enter'], does: 'Begin a new line' },
  { keys: ['Esc'], does: 'Back to writing' },
  { keys: ['?'], does: 'Show these keys, while not writing' },
];

/** @param writing whether the key would otherwise write something */
export function pageCommand(pressed: PressedKey, writing: boolean): PageCommand | undefined {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey, isComposing } = pressed;
  if (isComposing || ctrlKey || metaKey) return undefined;
  if (altKey) {
    // By its place: with Alt, some layouts write another character.
    if (shiftKey) return undefined;
    return code === 'Digit1' ? 'chat' : code === 'Digit2' ? 'people' : undefined;
  }
  if (key === 'F6') return shiftKey ? 'previous-region' : 'next-region';
  if (key === 'Escape') return 'escape';
  return key === '?' && !writing ? 'help' : undefined;
}

/** True where a key writes: fields, and whatever else can be edited. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
