import type { Shape } from '@parley/board';

/** Characters of a shape's words that stand for it in a list, and units of text in which these are looked for. */
const WORDS_SHOWN = 60;
const WORDS_READ = 2_000;
const graphemes = new Intl.Segmenter();

const kindNames = {
  rectangle: 'rectangle',
  ellipse: 'ellipse',
  line: 'line',
  arrow: 'arrow',
  text: 'text',
  note: 'sticky note',
} as const;

/** What a shape is called: `Blue rectangle`, `Sticky note: café`. */
export function shapeName(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
    case 'note': {
      const words = shape.words.trimStart().slice(0, WORDS_READ).replace(/\s+/gu, ' ').trimEnd();
      const name = capital(kindNames[shape.kind]);
      return words === '' ? `Empty ${kindNames[shape.kind]}` : `${name}: ${shortened(words)}`;
    }
    case 'ink':
      return capital(`${colourName(shape)} ${shape.highlight ? 'highlighting' : 'drawing'}`);
    default:
      return capital(`${colourName(shape)} ${kindNames[shape.kind]}`);
  }
}

function colourName({ colour }: Shape): string {
  return colour === 'ink' ? 'black' : colour;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function shortened(words: string): string {
  const characters = [...graphemes.segment(words)];
  if (characters.length <= WORDS_SHOWN) return words;
  return `${characters
    .slice(0, WORDS_SHOWN)
    .map(({ segment }) => segment)
    .join('')}…`;
}
