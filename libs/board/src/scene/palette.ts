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
}

const light: Readonly<Record<Colour, Shades>> = {
  ink: { line: '#1b1b1f', fill: '#e3e2e6' },
  grey: { line: '#6f6f78', fill: '#ececf1' },
  red: { line: '#c2182b', fill: '#ffd9d9' },
  orange: { line: '#b25000', fill: '#ffe0c2' },
  yellow: { line: '#8a6a00', fill: '#fff2a8' },
  green: { line: '#1f7a35', fill: '#d3f2d5' },
  blue: { line: '#1a5fd0', fill: '#d8e6ff' },
  violet: { line: '#7b35c4', fill: '#ecdcff' },
};

const dark: Readonly<Record<Colour, Shades>> = {
  ink: { line: '#f1eff4', fill: '#45464f' },
  grey: { line: '#a9a9b4', fill: '#3a3b43' },
  red: { line: '#ff8a85', fill: '#6e1f22' },
  orange: { line: '#ffb272', fill: '#663609' },
  yellow: { line: '#f0d060', fill: '#5a4a00' },
  green: { line: '#7fd98a', fill: '#1d4f28' },
  blue: { line: '#8db8ff', fill: '#1d3f7c' },
  violet: { line: '#cfa3ff', fill: '#4d2680' },
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
