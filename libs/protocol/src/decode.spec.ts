import fc from 'fast-check';
import { clientActions, isCustomAction, reservedNames } from './actions';
import { decodeClientFrame } from './decode';
import type { ClientFrame } from './frames';

const PAYLOAD_BYTES = 60 * 1024;
const decode = (frame: ClientFrame | string) =>
  decodeClientFrame(typeof frame === 'string' ? frame : JSON.stringify(frame), PAYLOAD_BYTES);

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/);
const topic = fc
  .tuple(name, name, fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/))
  .map(([namespace, feature, id]) => `${namespace}/${feature}:${id}`);
const customAction = fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/).filter(isCustomAction);

describe('decodeClientFrame', () => {
  it('[F1] reads every well-formed custom frame back, and nothing is lost or invented', () => {
    fc.assert(
      fc.property(
        customAction,
        topic,
        fc.jsonValue({ maxDepth: 4 }),
        fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), { nil: undefined }),
        fc.boolean(),
        (action, topicName, payload, id, store) => {
          const text = JSON.stringify({ action, topic: topicName, payload, id, store, sender: 'claimed' });
          const result = decode(text);
          expect(result).toEqual({
            ok: true,
            frame: {
              action,
              topic: expect.objectContaining({ name: topicName }) as unknown,
              store,
              volatile: false,
              to: undefined,
              id,
              payload: JSON.parse(JSON.stringify(payload)) as unknown,
            },
          });
        },
      ),
    );
  });

  it('[F3] answers anything at all, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const result = decode(text);
        expect(typeof result.ok).toBe('boolean');
      }),
    );
  });

  it.each(reservedNames.filter((reserved) => !(clientActions as readonly string[]).includes(reserved)))(
    '[F2] refuses the reserved name %s',
    (action) => {
      expect(decode({ action, topic: 'a/b:c' })).toMatchObject({ ok: false, failure: { code: 'bad-action' } });
    },
  );

  it.each(clientActions)('[F2] takes the reserved action %s', (action) => {
    expect(decode({ action, topic: 'a/b:c' })).toMatchObject({ ok: true, frame: { action } });
  });

  it('[F3] says which frame failed when its id could be read', () => {
    expect(decode({ action: 'note', topic: 'nowhere', id: 'n1' })).toMatchObject({
      failure: { code: 'bad-topic', id: 'n1' },
    });
  });

  it('[F3] measures a payload in bytes, not in characters', () => {
    const fits = 'é'.repeat(PAYLOAD_BYTES / 2 - 1);
    expect(decode({ action: 'note', topic: 'a/b:c', payload: fits }).ok).toBe(true);
    expect(decode({ action: 'note', topic: 'a/b:c', payload: `${fits}é` })).toMatchObject({
      failure: { code: 'too-large' },
    });
  });

  it('[F3] refuses a frame that nests too deep, and is not fooled by brackets in text', () => {
    const nested = (levels: number): string =>
      `{"action":"note","topic":"a/b:c","payload":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(decode(nested(63)).ok).toBe(true);
    expect(decode(nested(64))).toMatchObject({ failure: { code: 'malformed' } });
    expect(decode(nested(30_000))).toMatchObject({ failure: { code: 'malformed' } });
    expect(decode({ action: 'note', topic: 'a/b:c', payload: `\\"${'[{'.repeat(500)}` }).ok).toBe(true);
  });

  it('[P2] [P4] [P5] refuses a stored frame that is volatile or directed', () => {
    expect(decode({ action: 'note', topic: 'a/b:c', store: true, volatile: true }).ok).toBe(false);
    expect(decode({ action: 'note', topic: 'a/b:c', store: true, to: ['x'] }).ok).toBe(false);
    expect(decode({ action: 'note', topic: 'a/b:c', to: [] }).ok).toBe(false);
    expect(decode({ action: 'note', topic: 'a/b:c', to: Array.from({ length: 65 }, String) }).ok).toBe(false);
  });
});
