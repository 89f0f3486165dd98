import type { LucideIconData } from '@lucide/angular';

/**
 * Lucide's drawings (ISC) that only a call shows, as data for `LucideDynamicIcon`. As components they would all be
 * loaded with the first page: the package is one file, with a component for each icon.
 */
export const callIcons = {
  chevronUp: { name: 'chevron-up', node: [['path', { d: 'm18 15-6-6-6 6' }]] },
  faceGrinning: {
    name: 'face-grinning',
    node: [
      ['path', { d: 'M15 10V9' }],
      ['path', { d: 'M7.084 14.302a5.12 5.12 0 009.833 0 .24.24 0 00-.235-.302H7.32a.24.24 0 00-.235.302' }],
      ['path', { d: 'M9 10V9' }],
      ['circle', { cx: '12', cy: '12', r: '10' }],
    ],
  },
  faceSlightlySmilingPlus: {
    name: 'face-slightly-smiling-plus',
    node: [
      ['path', { d: 'M13.267 2.08a10 10 0 108.653 8.653' }],
      ['path', { d: 'M15 10V9' }],
      ['path', { d: 'M16 5h6' }],
      ['path', { d: 'M16.472 15a6 6 0 01-8.943 0' }],
      ['path', { d: 'M19 2v6' }],
      ['path', { d: 'M9 10V9' }],
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
  handHeart: {
    name: 'hand-heart',
    node: [
      ['path', { d: 'M11 14h2a2 2 0 0 0 0-4h-3c-.6 0-1.1.2-1.4.6L3 16' }],
      [
        'path',
        {
          d: 'm14.45 13.39 5.05-4.694C20.196 8 21 6.85 21 5.75a2.75 2.75 0 0 0-4.797-1.837.276.276 0 0 1-.406 0A2.75 2.75 0 0 0 11 5.75c0 1.2.802 2.248 1.5 2.946L16 11.95',
        },
      ],
      ['path', { d: 'm2 15 6 6' }],
      ['path', { d: 'm7 20 1.6-1.4c.3-.4.8-.6 1.4-.6h4c1.1 0 2.1-.4 2.8-1.2l4.6-4.4a1 1 0 0 0-2.75-2.91' }],
    ],
  },
  heart: {
    name: 'heart',
    node: [
      [
        'path',
        {
          d: 'M2 9.5a5.5 5.5 0 0 1 9.591-3.676.56.56 0 0 0 .818 0A5.49 5.49 0 0 1 22 9.5c0 2.29-1.5 4-3 5.5l-5.492 5.313a2 2 0 0 1-3 .019L5 15c-1.5-1.5-3-3.2-3-5.5',
        },
      ],
    ],
  },
  info: {
    name: 'info',
    node: [
      ['circle', { cx: '12', cy: '12', r: '10' }],
      ['path', { d: 'M12 16v-4' }],
      ['path', { d: 'M12 8h.01' }],
    ],
  },
  layoutGrid: {
    name: 'layout-grid',
    node: [
      ['rect', { width: '7', height: '7', x: '3', y: '3', rx: '1' }],
      ['rect', { width: '7', height: '7', x: '14', y: '3', rx: '1' }],
      ['rect', { width: '7', height: '7', x: '14', y: '14', rx: '1' }],
      ['rect', { width: '7', height: '7', x: '3', y: '14', rx: '1' }],
    ],
  },
  mic: {
    name: 'mic',
    node: [
      ['path', { d: 'M12 19v3' }],
      ['path', { d: 'M19 10v2a7 7 0 0 1-14 0v-2' }],
      ['rect', { x: '9', y: '2', width: '6', height: '13', rx: '3' }],
    ],
  },
  micOff: {
    name: 'mic-off',
    node: [
      ['path', { d: 'M12 19v3' }],
      ['path', { d: 'M15 9.34V5a3 3 0 0 0-5.68-1.33' }],
      ['path', { d: 'M16.95 16.95A7 7 0 0 1 5 12v-2' }],
      ['path', { d: 'M18.89 13.23A7 7 0 0 0 19 12v-2' }],
      ['path', { d: 'm2 2 20 20' }],
      ['path', { d: 'M9 9v3a3 3 0 0 0 5.12 2.12' }],
    ],
  },
  monitorUp: {
    name: 'monitor-up',
    node: [
      ['path', { d: 'm9 10 3-3 3 3' }],
      ['path', { d: 'M12 13V7' }],
      ['rect', { width: '20', height: '14', x: '2', y: '3', rx: '2' }],
      ['path', { d: 'M12 17v4' }],
      ['path', { d: 'M8 21h8' }],
    ],
  },
  partyPopper: {
    name: 'party-popper',
    node: [
      ['path', { d: 'M5.8 11.3 2 22l10.7-3.79' }],
      ['path', { d: 'M4 3h.01' }],
      ['path', { d: 'M22 8h.01' }],
      ['path', { d: 'M15 2h.01' }],
      ['path', { d: 'M22 20h.01' }],
      [
        'path',
        { d: 'm22 2-2.24.75a2.9 2.9 0 0 0-1.96 3.12c.1.86-.57 1.63-1.45 1.63h-.38c-.86 0-1.6.6-1.76 1.44L14 10' },
      ],
      ['path', { d: 'm22 13-.82-.33c-.86-.34-1.82.2-1.98 1.11c-.11.7-.72 1.22-1.43 1.22H17' }],
      ['path', { d: 'm11 2 .33.82c.34.86-.2 1.82-1.11 1.98C9.52 4.9 9 5.52 9 6.23V7' }],
      [
        'path',
        { d: 'M11 13c1.93 1.93 2.83 4.17 2 5-.83.83-3.07-.07-5-2-1.93-1.93-2.83-4.17-2-5 .83-.83 3.07.07 5 2Z' },
      ],
    ],
  },
  phoneOff: {
    name: 'phone-off',
    node: [
      [
        'path',
        {
          d: 'M10.1 13.9a14 14 0 0 0 3.732 2.668 1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2 18 18 0 0 1-12.728-5.272',
        },
      ],
      ['path', { d: 'M22 2 2 22' }],
      [
        'path',
        {
          d: 'M4.76 13.582A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 .244.473',
        },
      ],
    ],
  },
  pin: {
    name: 'pin',
    node: [
      ['path', { d: 'M12 17v5' }],
      [
        'path',
        {
          d: 'M9 10.76a2 2 0 0 1-1.11 1.79l-1.78.9A2 2 0 0 0 5 15.24V16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-.76a2 2 0 0 0-1.11-1.79l-1.78-.9A2 2 0 0 1 15 10.76V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H8a2 2 0 0 0 0 4 1 1 0 0 1 1 1z',
        },
      ],
    ],
  },
  pinOff: {
    name: 'pin-off',
    node: [
      ['path', { d: 'M12 17v5' }],
      ['path', { d: 'M15 9.34V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H7.89' }],
      ['path', { d: 'm2 2 20 20' }],
      ['path', { d: 'M9 9v1.76a2 2 0 0 1-1.11 1.79l-1.78.9A2 2 0 0 0 5 15.24V16a1 1 0 0 0 1 1h11' }],
    ],
  },
  screenShare: {
    name: 'screen-share',
    node: [
      ['path', { d: 'M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3' }],
      ['path', { d: 'M8 21h8' }],
      ['path', { d: 'M12 17v4' }],
      ['path', { d: 'm17 8 5-5' }],
      ['path', { d: 'M17 3h5v5' }],
    ],
  },
  screenShareOff: {
    name: 'screen-share-off',
    node: [
      ['path', { d: 'M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3' }],
      ['path', { d: 'M8 21h8' }],
      ['path', { d: 'M12 17v4' }],
      ['path', { d: 'm22 3-5 5' }],
      ['path', { d: 'm17 3 5 5' }],
    ],
  },
  sparkles: {
    name: 'sparkles',
    node: [
      [
        'path',
        {
          d: 'M11.017 2.814a1 1 0 0 1 1.966 0l1.051 5.558a2 2 0 0 0 1.594 1.594l5.558 1.051a1 1 0 0 1 0 1.966l-5.558 1.051a2 2 0 0 0-1.594 1.594l-1.051 5.558a1 1 0 0 1-1.966 0l-1.051-5.558a2 2 0 0 0-1.594-1.594l-5.558-1.051a1 1 0 0 1 0-1.966l5.558-1.051a2 2 0 0 0 1.594-1.594z',
        },
      ],
      ['path', { d: 'M20 2v4' }],
      ['path', { d: 'M22 4h-4' }],
      ['circle', { cx: '4', cy: '20', r: '2' }],
    ],
  },
  thumbsUp: {
    name: 'thumbs-up',
    node: [
      [
        'path',
        {
          d: 'M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z',
        },
      ],
      ['path', { d: 'M7 10v12' }],
    ],
  },
  video: {
    name: 'video',
    node: [
      ['path', { d: 'm16 13 5.223 3.482a.5.5 0 0 0 .777-.416V7.87a.5.5 0 0 0-.752-.432L16 10.5' }],
      ['rect', { x: '2', y: '6', width: '14', height: '12', rx: '2' }],
    ],
  },
  videoOff: {
    name: 'video-off',
    node: [
      ['path', { d: 'M10.66 6H14a2 2 0 0 1 2 2v2.5l5.248-3.062A.5.5 0 0 1 22 7.87v8.196' }],
      ['path', { d: 'M16 16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h2' }],
      ['path', { d: 'm2 2 20 20' }],
    ],
  },
} satisfies Readonly<Record<string, LucideIconData>>;
