import type { LucideIconData } from '@lucide/angular';

/** Lucide's drawings (ISC) of what else one does with a board, as data: see `toolIcons`. */
export const boardIcons = {
  undo2: {
    name: 'undo-2',
    node: [
      ['path', { d: 'M9 14 4 9l5-5' }],
      ['path', { d: 'M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11' }],
    ],
  },
  redo2: {
    name: 'redo-2',
    node: [
      ['path', { d: 'm15 14 5-5-5-5' }],
      ['path', { d: 'M20 9H9.5A5.5 5.5 0 0 0 4 14.5A5.5 5.5 0 0 0 9.5 20H13' }],
    ],
  },
  brushCleaning: {
    name: 'brush-cleaning',
    node: [
      ['path', { d: 'm16 22-1-4' }],
      [
        'path',
        {
          d: 'M19 14a1 1 0 0 0 1-1v-1a2 2 0 0 0-2-2h-3a1 1 0 0 1-1-1V4a2 2 0 0 0-4 0v5a1 1 0 0 1-1 1H6a2 2 0 0 0-2 2v1a1 1 0 0 0 1 1',
        },
      ],
      ['path', { d: 'M19 14H5l-1.973 6.767A1 1 0 0 0 4 22h16a1 1 0 0 0 .973-1.233z' }],
      ['path', { d: 'm8 22 1-4' }],
    ],
  },
  ellipsis: {
    name: 'ellipsis',
    node: [
      ['circle', { cx: '12', cy: '12', r: '1' }],
      ['circle', { cx: '19', cy: '12', r: '1' }],
      ['circle', { cx: '5', cy: '12', r: '1' }],
    ],
  },
  chevronLeft: { name: 'chevron-left', node: [['path', { d: 'm15 18-6-6 6-6' }]] },
  chevronRight: { name: 'chevron-right', node: [['path', { d: 'm9 18 6-6-6-6' }]] },
  chevronUp: { name: 'chevron-up', node: [['path', { d: 'm18 15-6-6-6 6' }]] },
  chevronDown: { name: 'chevron-down', node: [['path', { d: 'm6 9 6 6 6-6' }]] },
  lock: {
    name: 'lock',
    node: [
      ['rect', { width: '18', height: '11', x: '3', y: '11', rx: '2', ry: '2' }],
      ['path', { d: 'M7 11V7a5 5 0 0 1 10 0v4' }],
    ],
  },
  lockOpen: {
    name: 'lock-open',
    node: [
      ['rect', { width: '18', height: '11', x: '3', y: '11', rx: '2', ry: '2' }],
      ['path', { d: 'M7 11V7a5 5 0 0 1 9.9-1' }],
    ],
  },
  filePlus: {
    name: 'file-plus',
    node: [
      [
        'path',
        {
          d: 'M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z',
        },
      ],
      ['path', { d: 'M14 2v5a1 1 0 0 0 1 1h5' }],
      ['path', { d: 'M9 15h6' }],
      ['path', { d: 'M12 18v-6' }],
    ],
  },
  download: {
    name: 'download',
    node: [
      ['path', { d: 'M12 15V3' }],
      ['path', { d: 'M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4' }],
      ['path', { d: 'm7 10 5 5 5-5' }],
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
  plus: {
    name: 'plus',
    node: [
      ['path', { d: 'M5 12h14' }],
      ['path', { d: 'M12 5v14' }],
    ],
  },
  minus: { name: 'minus', node: [['path', { d: 'M5 12h14' }]] },
  maximize: {
    name: 'maximize',
    node: [
      ['path', { d: 'M8 3H5a2 2 0 0 0-2 2v3' }],
      ['path', { d: 'M21 8V5a2 2 0 0 0-2-2h-3' }],
      ['path', { d: 'M3 16v3a2 2 0 0 0 2 2h3' }],
      ['path', { d: 'M16 21h3a2 2 0 0 0 2-2v-3' }],
    ],
  },
  map: {
    name: 'map',
    node: [
      [
        'path',
        {
          d: 'M14.106 5.553a2 2 0 0 0 1.788 0l3.659-1.83A1 1 0 0 1 21 4.619v12.764a1 1 0 0 1-.553.894l-4.553 2.277a2 2 0 0 1-1.788 0l-4.212-2.106a2 2 0 0 0-1.788 0l-3.659 1.83A1 1 0 0 1 3 19.381V6.618a1 1 0 0 1 .553-.894l4.553-2.277a2 2 0 0 1 1.788 0z',
        },
      ],
      ['path', { d: 'M15 5.764v15' }],
      ['path', { d: 'M9 3.236v15' }],
    ],
  },
  locateFixed: {
    name: 'locate-fixed',
    node: [
      ['line', { x1: '2', x2: '5', y1: '12', y2: '12' }],
      ['line', { x1: '19', x2: '22', y1: '12', y2: '12' }],
      ['line', { x1: '12', x2: '12', y1: '2', y2: '5' }],
      ['line', { x1: '12', x2: '12', y1: '19', y2: '22' }],
      ['circle', { cx: '12', cy: '12', r: '7' }],
      ['circle', { cx: '12', cy: '12', r: '3' }],
    ],
  },
  list: {
    name: 'list',
    node: [
      ['path', { d: 'M3 5h.01' }],
      ['path', { d: 'M3 12h.01' }],
      ['path', { d: 'M3 19h.01' }],
      ['path', { d: 'M8 5h13' }],
      ['path', { d: 'M8 12h13' }],
      ['path', { d: 'M8 19h13' }],
    ],
  },
  copy: {
    name: 'copy',
    node: [
      ['rect', { width: '14', height: '14', x: '8', y: '8', rx: '2', ry: '2' }],
      ['path', { d: 'M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2' }],
    ],
  },
  copyPlus: {
    name: 'copy-plus',
    node: [
      ['line', { x1: '15', x2: '15', y1: '12', y2: '18' }],
      ['line', { x1: '12', x2: '18', y1: '15', y2: '15' }],
      ['rect', { width: '14', height: '14', x: '8', y: '8', rx: '2', ry: '2' }],
      ['path', { d: 'M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2' }],
    ],
  },
  bringToFront: {
    name: 'bring-to-front',
    node: [
      ['rect', { x: '8', y: '8', width: '8', height: '8', rx: '2' }],
      ['path', { d: 'M4 10a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2' }],
      ['path', { d: 'M14 20a2 2 0 0 0 2 2h4a2 2 0 0 0 2-2v-4a2 2 0 0 0-2-2' }],
    ],
  },
  sendToBack: {
    name: 'send-to-back',
    node: [
      ['rect', { x: '14', y: '14', width: '8', height: '8', rx: '2' }],
      ['rect', { x: '2', y: '2', width: '8', height: '8', rx: '2' }],
      ['path', { d: 'M7 14v1a2 2 0 0 0 2 2h1' }],
      ['path', { d: 'M14 7h1a2 2 0 0 1 2 2v1' }],
    ],
  },
  arrowUp: {
    name: 'arrow-up',
    node: [
      ['path', { d: 'm5 12 7-7 7 7' }],
      ['path', { d: 'M12 19V5' }],
    ],
  },
  arrowDown: {
    name: 'arrow-down',
    node: [
      ['path', { d: 'M12 5v14' }],
      ['path', { d: 'm19 12-7 7-7-7' }],
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
  check: { name: 'check', node: [['path', { d: 'M20 6 9 17l-5-5' }]] },
  x: {
    name: 'x',
    node: [
      ['path', { d: 'M18 6 6 18' }],
      ['path', { d: 'm6 6 12 12' }],
    ],
  },
  paintBucket: {
    name: 'paint-bucket',
    node: [
      ['path', { d: 'M11 7 6 2' }],
      ['path', { d: 'M18.992 12H2.041' }],
      [
        'path',
        {
          d: 'M21.145 18.38A3.34 3.34 0 0 1 20 16.5a3.3 3.3 0 0 1-1.145 1.88c-.575.46-.855 1.02-.855 1.595A2 2 0 0 0 20 22a2 2 0 0 0 2-2.025c0-.58-.285-1.13-.855-1.595',
        },
      ],
      [
        'path',
        {
          d: 'm8.5 4.5 2.148-2.148a1.205 1.205 0 0 1 1.704 0l7.296 7.296a1.205 1.205 0 0 1 0 1.704l-7.592 7.592a3.615 3.615 0 0 1-5.112 0l-3.888-3.888a3.615 3.615 0 0 1 0-5.112L5.67 7.33',
        },
      ],
    ],
  },
  cloudOff: {
    name: 'cloud-off',
    node: [
      ['path', { d: 'M10.94 5.274A7 7 0 0 1 15.71 10h1.79a4.5 4.5 0 0 1 4.222 6.057' }],
      ['path', { d: 'M18.796 18.81A4.5 4.5 0 0 1 17.5 19H9A7 7 0 0 1 5.79 5.78' }],
      ['path', { d: 'm2 2 20 20' }],
    ],
  },
  refreshCw: {
    name: 'refresh-cw',
    node: [
      ['path', { d: 'M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8' }],
      ['path', { d: 'M21 3v5h-5' }],
      ['path', { d: 'M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16' }],
      ['path', { d: 'M8 16H3v5' }],
    ],
  },
  triangleAlert: {
    name: 'triangle-alert',
    node: [
      ['path', { d: 'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3' }],
      ['path', { d: 'M12 9v4' }],
      ['path', { d: 'M12 17h.01' }],
    ],
  },
  eye: {
    name: 'eye',
    node: [
      [
        'path',
        { d: 'M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0' },
      ],
      ['circle', { cx: '12', cy: '12', r: '3' }],
    ],
  },
} satisfies Readonly<Record<string, LucideIconData>>;
