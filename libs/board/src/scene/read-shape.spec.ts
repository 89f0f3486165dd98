import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { encodeInk } from './ink-codec';
import { readPage } from './read-page';
import { readShape } from './read-shape';

const made = {
  kind: 'rectangle',
  page: 'board',
  author: 'ann',
  x: 1,
  y: 2,
  width: 3,
  height: 4,
  angle: 0,
  z: 1,
  colour: 'red',
  size: 2,
};
const page = { kind: 'document', name: 'café.pdf', file: randomUUID(), sheet: 1, width: 800, height: 1000, order: 1 };

/** An entry as it is in a document. */
function entry(values: Readonly<Record<string, unknown>>): Y.Map<unknown> {
  const map = new Y.Doc().getMap('all');
  const each = new Y.Map<unknown>(Object.entries(values));
  map.set('it', each);
  return each;
}

describe('what is in a document, whoever wrote it', () => {
  it('is a shape where it is one, as it was changed', () => {
    expect(readShape('s', entry({ made, at: [5, 6], colour: 'blue' }))).toMatchObject({ x: 5, y: 6, colour: 'blue' });
    const ink = { ...made, kind: 'ink', ink: encodeInk([0, 0, 0.5]), inkWidth: 0, inkHeight: 0 };
    expect(readShape('s', entry({ made: ink }))).toMatchObject({ kind: 'ink', highlight: false });
  });

  it.each([
    ['no map', 7],
    ['nothing', entry({})],
    ['made of a list', entry({ made: [made] })],
    ['of no kind', entry({ made: { ...made, kind: 'constructor' } })],
    ['of no colour', entry({ made, colour: '__proto__' })],
    ['nowhere', entry({ made, at: [Number.NaN, 0] })],
    ['far beyond', entry({ made, at: [1e9, 0] })],
    ['without an end', entry({ made: { ...made, width: Number.POSITIVE_INFINITY } })],
    ['less than nothing', entry({ made, extent: [-1, 5] })],
    ['wider than wide', entry({ made, size: 401 })],
    ['thinner than thin', entry({ made, size: 0 })],
    ['turned by no number', entry({ made, angle: Number.NaN })],
    ['above everything', entry({ made, z: Number.POSITIVE_INFINITY })],
    ['ink that is none', entry({ made: { ...made, kind: 'ink', ink: Uint8Array.of(255), inkWidth: 1, inkHeight: 1 } })],
  ])('is no shape where it is %s', (_what, each) => {
    expect(readShape('s', each)).toBeUndefined();
  });

  it.each([
    ['as wide as a city', { ...page, width: 1e9 }],
    ['without a height', { ...page, height: 0 }],
    ['of no number', { ...page, width: Number.NaN }],
    ['of another place', { ...page, file: '../../session' }],
    ['of a file and more', { ...page, file: `${page.file}?x` }],
    ['of no file', { ...page, file: '' }],
    ['a sheet before the first', { ...page, sheet: 0 }],
    ['half a sheet', { ...page, sheet: 1.5 }],
    ['a name without an end', { ...page, name: 'n'.repeat(301) }],
    ['after everything', { ...page, order: Number.POSITIVE_INFINITY }],
  ])('is no page where it is %s', (_what, each) => {
    expect(readPage('p', entry({ made: page }))).toMatchObject({ id: 'p', width: 800 });
    expect(readPage('p', entry({ made: each }))).toBeUndefined();
  });
});
