import type { LucideIconData } from '@lucide/angular';
import type { ToolName } from '../editor/tool-names';

/** Lucide's drawings (ISC) of the tools, as data: as components they would be loaded with the first page. */
export const toolIcons = {
  select: {
    name: 'mouse-pointer-2',
    node: [
      [
        'path',
        {
          d: 'M4.037 4.688a.495.495 0 0 1 .651-.651l16 6.5a.5.5 0 0 1-.063.947l-6.124 1.58a2 2 0 0 0-1.438 1.435l-1.579 6.126a.5.5 0 0 1-.947.063z',
        },
      ],
    ],
  },
  hand: {
    name: 'hand',
    node: [
      ['path', { d: 'M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2' }],
      ['path', { d: 'M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2' }],
      ['path', { d: 'M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8' }],
      [
        'path',
        { d: 'M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15' },
      ],
    ],
  },
  pen: {
    name: 'pencil',
    node: [
      [
        'path',
        {
          d: 'M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z',
        },
      ],
      ['path', { d: 'm15 5 4 4' }],
    ],
  },
  highlighter: {
    name: 'highlighter',
    node: [
      ['path', { d: 'm9 11-6 6v3h9l3-3' }],
      ['path', { d: 'm22 12-4.6 4.6a2 2 0 0 1-2.8 0l-5.2-5.2a2 2 0 0 1 0-2.8L14 4' }],
    ],
  },
  eraser: {
    name: 'eraser',
    node: [
      [
        'path',
        {
          d: 'M21 21H8a2 2 0 0 1-1.42-.587l-3.994-3.999a2 2 0 0 1 0-2.828l10-10a2 2 0 0 1 2.829 0l5.999 6a2 2 0 0 1 0 2.828L12.834 21',
        },
      ],
      ['path', { d: 'm5.082 11.09 8.828 8.828' }],
    ],
  },
  rectangle: { name: 'square', node: [['rect', { width: '18', height: '18', x: '3', y: '3', rx: '2' }]] },
  ellipse: { name: 'circle', node: [['circle', { cx: '12', cy: '12', r: '10' }]] },
  line: { name: 'slash', node: [['path', { d: 'M22 2 2 22' }]] },
  arrow: {
    name: 'move-up-right',
    node: [
      ['path', { d: 'M13 5H19V11' }],
      ['path', { d: 'M19 5L5 19' }],
    ],
  },
  text: {
    name: 'type',
    node: [
      ['path', { d: 'M12 4v16' }],
      ['path', { d: 'M4 7V5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v2' }],
      ['path', { d: 'M9 20h6' }],
    ],
  },
  note: {
    name: 'sticky-note',
    node: [
      [
        'path',
        {
          d: 'M21 9a2.4 2.4 0 0 0-.706-1.706l-3.588-3.588A2.4 2.4 0 0 0 15 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2z',
        },
      ],
      ['path', { d: 'M15 3v5a1 1 0 0 0 1 1h5' }],
    ],
  },
  laser: {
    name: 'flashlight',
    node: [
      ['path', { d: 'M12 13v1' }],
      [
        'path',
        {
          d: 'M17 2a1 1 0 0 1 1 1v4a3 3 0 0 1-.6 1.8l-.6.8A4 4 0 0 0 16 12v8a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2v-8a4 4 0 0 0-.8-2.4l-.6-.8A3 3 0 0 1 6 7V3a1 1 0 0 1 1-1z',
        },
      ],
      ['path', { d: 'M6 6h12' }],
    ],
  },
} satisfies Readonly<Record<ToolName, LucideIconData>>;
