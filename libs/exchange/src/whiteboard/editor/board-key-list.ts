import { toolNames, toolWords } from './tool-names';

/** Every key of the board, for the help dialog. They work while the board has the focus. */
export const boardKeys: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  ...toolNames.map((tool) => ({ keys: [toolWords[tool].key], does: toolWords[tool].name })),
  { keys: ['Enter'], does: 'Make a shape with the tool in hand, or write in the one that is selected' },
  { keys: ['M'], does: 'Select the next object; with Shift the one before' },
  { keys: ['↑ ↓ ← →'], does: 'Move what is selected, else the view; with Shift further' },
  { keys: ['Alt', '↑ ↓ ← →'], does: 'Make what is selected larger or smaller' },
  { keys: [',', '.'], does: 'Turn what is selected' },
  { keys: ['[', ']'], does: 'Behind or before other objects' },
  { keys: ['Delete'], does: 'Delete what is selected' },
  { keys: ['Ctrl', 'C / X / V / D'], does: 'Copy, cut, paste, duplicate' },
  { keys: ['Ctrl', 'A'], does: 'Select everything on the page' },
  { keys: ['Ctrl', 'Z'], does: 'Undo your last change; with Shift do it again' },
  { keys: ['+', '-'], does: 'Zoom; or the wheel with Ctrl' },
  { keys: ['Space'], does: 'Move the view while it is held; or the middle button' },
  { keys: ['Shift'], does: 'While drawing: squares, circles, straight lines' },
  { keys: ['0'], does: 'Show everything' },
  { keys: ['Page Up', 'Page Down'], does: 'Page before or after' },
];
