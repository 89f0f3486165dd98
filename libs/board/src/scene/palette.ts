/** The colours of the board, by name: what they look like depends on the paper. */
export const colours = ['ink', 'grey', 'red', 'orange', 'yellow', 'green', 'blue', 'violet'] as const;
export type Colour = (typeof colours)[number];

/** What is drawn on: pages of documents are light, whatever the theme. */
export type Paper = 'light' | 'dark';

interface Shades {
  /** Of lines and of text: at least 3:1 on the paper (WCAG 2.2, 1.4.11). */
  readonly line: string;
  /** Of what is filled, and of notes: `ink` text on it has at least 4.5:1. */
  readonly fill: string;
  /** Of a highlighter, before it is made translucent. */
  readonly mark: string;
}

const light: Readonly<Record<Colour, Shades>> = {
  ink: { line: '#1b1b1f', fill: '#e3e2e6', mark: '#5c5c66' },
  grey: { line: '#6f6f78', fill: '#ececf1', mark: '#9a9aa5' },
  red: { line: '#c2182b', fill: '#ffd9d9', mark: '#ff5a5f' },
  orange: { line: '#b25000', fill: '#ffe0c2', mark: '#ff9a2e' },
  yellow: { line: '#8a6a00', fill: '#fff2a8', mark: '#ffd400' },
  green: { line: '#1f7a35', fill: '#d3f2d5', mark: '#3fc65b' },
  blue: { line: '#1a5fd0', fill: '#d8e6ff', mark: '#4a90ff' },
  violet: { line: '#7b35c4', fill: '#ecdcff', mark: '#a855f7' },
};

const dark: Readonly<Record<Colour, Shades>> = {
  ink: { line: '#f1eff4', fill: '#45464f', mark: '#f1eff4' },
  grey: { line: '#a9a9b4', fill: '#3a3b43', mark: '#a9a9b4' },
  red: { line: '#ff8a85', fill: '#6e1f22', mark: '#ff6b66' },
  orange: { line: '#ffb272', fill: '#663609', mark: '#ff9f4d' },
  yellow: { line: '#f0d060', fill: '#5a4a00', mark: '#ffd93d' },
  green: { line: '#7fd98a', fill: '#1d4f28', mark: '#5fdc72' },
  blue: { line: '#8db8ff', fill: '#1d3f7c', mark: '#6ea6ff' },
  violet: { line: '#cfa3ff', fill: '#4d2680', mark: '#bd85ff' },
};

const papers: Readonly<Record<Paper, Readonly<Record<Colour, Shades>>>> = { light, dark };

/** What everything is drawn on. */
export const paperColour: Readonly<Record<Paper, string>> = { light: '#ffffff', dark: '#1d1d22' };

/** CSS colours of a colour on a paper. */
export function shades(colour: Colour, paper: Paper): Shades {
  return papers[paper][colour];
}

/** The opacity with which a highlighter is drawn, below everything that is not one. */
export const HIGHLIGHT_OPACITY = 0.4;
