/** Everything that one can have in hand. */
export const toolNames = [
  'select',
  'hand',
  'pen',
  'highlighter',
  'eraser',
  'rectangle',
  'ellipse',
  'line',
  'arrow',
  'text',
  'note',
  'laser',
] as const;
export type ToolName = (typeof toolNames)[number];

interface ToolWords {
  readonly name: string;
  /** The key that takes it, while the board has the focus. */
  readonly key: string;
}

export const toolWords: Readonly<Record<ToolName, ToolWords>> = {
  select: { name: 'Select', key: 'V' },
  hand: { name: 'Move the view', key: 'G' },
  pen: { name: 'Pen', key: 'P' },
  highlighter: { name: 'Highlighter', key: 'H' },
  eraser: { name: 'Eraser', key: 'E' },
  rectangle: { name: 'Rectangle', key: 'R' },
  ellipse: { name: 'Ellipse', key: 'O' },
  line: { name: 'Line', key: 'L' },
  arrow: { name: 'Arrow', key: 'A' },
  text: { name: 'Text', key: 'T' },
  note: { name: 'Sticky note', key: 'N' },
  laser: { name: 'Laser pointer', key: 'K' },
};

/** Tools that change nothing on the board: also for who may only look. */
export const lookingTools: readonly ToolName[] = ['select', 'hand', 'laser'];
