import type { LucideIconData } from '@lucide/angular';

/** Lucide's drawings (ISC) of the parts of the page, as data for `LucideDynamicIcon`, so that they are loaded with it. */
export const panelIcons = {
  chat: {
    name: 'message-circle',
    node: [
      [
        'path',
        {
          d: 'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719',
        },
      ],
    ],
  },
  board: {
    name: 'pencil-line',
    node: [
      ['path', { d: 'M13 21h8' }],
      ['path', { d: 'm15 5 4 4' }],
      [
        'path',
        {
          d: 'M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z',
        },
      ],
    ],
  },
  people: {
    name: 'users',
    node: [
      ['path', { d: 'M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2' }],
      ['path', { d: 'M16 3.128a4 4 0 0 1 0 7.744' }],
      ['path', { d: 'M22 21v-2a4 4 0 0 0-3-3.87' }],
      ['circle', { cx: '9', cy: '7', r: '4' }],
    ],
  },
  files: {
    name: 'files',
    node: [
      ['path', { d: 'M15 2h-4a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8' }],
      ['path', { d: 'M16.706 2.706A2.4 2.4 0 0 0 15 2v5a1 1 0 0 0 1 1h5a2.4 2.4 0 0 0-.706-1.706z' }],
      ['path', { d: 'M5 7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h8a2 2 0 0 0 1.732-1' }],
    ],
  },
  call: {
    name: 'video',
    node: [
      ['path', { d: 'm16 13 5.223 3.482a.5.5 0 0 0 .777-.416V7.87a.5.5 0 0 0-.752-.432L16 10.5' }],
      ['rect', { x: '2', y: '6', width: '14', height: '12', rx: '2' }],
    ],
  },
} satisfies Readonly<Record<string, LucideIconData>>;
