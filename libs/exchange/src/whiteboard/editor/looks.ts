import type { Look } from '../tools/tool';
import type { ToolName } from './tool-names';

/** Tools that remember their look together. */
export type LookOf = 'pen' | 'highlighter' | 'outline' | 'text' | 'note';

/** Whose look a tool draws with. */
export function lookOf(tool: ToolName): LookOf {
  switch (tool) {
    case 'highlighter':
    case 'text':
    case 'note':
      return tool;
    case 'rectangle':
    case 'ellipse':
    case 'line':
    case 'arrow':
      return 'outline';
    default:
      return 'pen';
  }
}

export const firstLooks: Readonly<Record<LookOf, Look>> = {
  pen: { colour: 'ink', size: 3, filled: false },
  highlighter: { colour: 'yellow', size: 8, filled: false },
  outline: { colour: 'blue', size: 3, filled: false },
  text: { colour: 'ink', size: 20, filled: false },
  note: { colour: 'yellow', size: 18, filled: false },
};

/** What one chooses between, in units of the page: thin to thick, small to large. */
export const sizesOf: Readonly<Record<LookOf, readonly [number, number, number, number]>> = {
  pen: [2, 3, 6, 12],
  highlighter: [4, 8, 14, 24],
  outline: [2, 3, 6, 12],
  text: [14, 20, 32, 56],
  note: [14, 18, 26, 40],
};
