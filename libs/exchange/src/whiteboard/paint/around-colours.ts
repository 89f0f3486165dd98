import type { Paper } from '@parley/board';

/** CSS colours of what is around the shapes, and on no board. */
export interface AroundColours {
  readonly dot: string;
  /** Beside the pages of a document. */
  readonly desk: string;
  /** The edge of such a page. */
  readonly edge: string;
  /** Frames and handles: 3:1 on the paper, with a rim on everything else. */
  readonly mark: string;
  readonly markFill: string;
  readonly rim: string;
  readonly words: string;
}

/** By the theme: pages of documents are light, and what is beside them is not. */
export const aroundColours: Readonly<Record<Paper, AroundColours>> = {
  light: {
    dot: '#c4c4cf',
    desk: '#e6e6ec',
    edge: '#b9b9c4',
    mark: '#1a5fd0',
    markFill: 'rgb(26 95 208 / 10%)',
    rim: '#ffffff',
    words: '#45464f',
  },
  dark: {
    dot: '#4a4a55',
    desk: '#121216',
    edge: '#4a4a55',
    mark: '#8db8ff',
    markFill: 'rgb(141 184 255 / 14%)',
    rim: '#1d1d22',
    words: '#c8c7d0',
  },
};
