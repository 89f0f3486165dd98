import type { LucideIconData } from '@lucide/angular';

/** Lucide's drawings (ISC) that only files show, as data for `LucideDynamicIcon`, so that they are loaded with them. */
export const fileIcons = {
  download: {
    name: 'download',
    node: [
      ['path', { d: 'M12 15V3' }],
      ['path', { d: 'M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4' }],
      ['path', { d: 'm7 10 5 5 5-5' }],
    ],
  },
  fileText: {
    name: 'file-text',
    node: [
      [
        'path',
        {
          d: 'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z',
        },
      ],
      ['path', { d: 'M14 2v5a1 1 0 0 0 1 1h5' }],
      ['path', { d: 'M10 9H8' }],
      ['path', { d: 'M16 13H8' }],
      ['path', { d: 'M16 17H8' }],
    ],
  },
  image: {
    name: 'image',
    node: [
      ['rect', { width: '18', height: '18', x: '3', y: '3', rx: '2', ry: '2' }],
      ['circle', { cx: '9', cy: '9', r: '2' }],
      ['path', { d: 'm21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21' }],
    ],
  },
  plus: {
    name: 'plus',
    node: [
      ['path', { d: 'M5 12h14' }],
      ['path', { d: 'M12 5v14' }],
    ],
  },
  presentation: {
    name: 'presentation',
    node: [
      ['path', { d: 'M2 3h20' }],
      ['path', { d: 'M21 3v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V3' }],
      ['path', { d: 'm7 21 5-5 5 5' }],
    ],
  },
  trash: {
    name: 'trash',
    node: [
      ['path', { d: 'M10 11v6' }],
      ['path', { d: 'M14 11v6' }],
      ['path', { d: 'M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6' }],
      ['path', { d: 'M3 6h18' }],
      ['path', { d: 'M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2' }],
    ],
  },
} satisfies Readonly<Record<string, LucideIconData>>;
