import type { Json } from '@parley/protocol';
import * as fc from 'fast-check';
import * as Y from 'yjs';
import { decodeInk, encodeInk } from '../scene/ink-codec';
import { base64Of, bytesOf } from './base64';
import { decodeBoardState, encodeBoardState } from './board-state';
import { applyUpdate, mergeBoard } from './merge-board';
import { readUpdate } from './read-update';
import { UpdateParts } from './update-parts';

const part = fc.record({ of: fc.string({ minLength: 1, maxLength: 8 }), index: fc.nat(9), count: fc.nat(9) });
const tail = fc.array(
  fc.oneof(
    fc.record({ userId: fc.string(), update: fc.uint8Array() }),
    fc.record({ userId: fc.string(), update: fc.uint8Array(), part }),
  ),
);

describe('what a board is on the wire', () => {
  it('comes back as it was sent', () => {
    const state = fc.oneof(
      fc.record({ seq: fc.maxSafeNat(), tail }),
      fc.record({ seq: fc.maxSafeNat(), tail, snapshot: fc.uint8Array() }),
    );
    fc.assert(fc.property(state, (given) => expect(decodeBoardState(encodeBoardState(given))).toEqual(given)));
  });

  it('is refused from another version', () => {
    expect(() => decodeBoardState(Uint8Array.of(9, 0, 0, 0))).toThrow('version 9');
  });

  it('is Base64 in a message, and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => expect(bytesOf(base64Of(bytes))).toEqual(bytes)),
    );
    expect(bytesOf('é')).toBeUndefined();
    expect(readUpdate({ update: 'AAEC' })).toEqual({ update: Uint8Array.of(0, 1, 2) });
    expect(readUpdate({ compacted: true })).toBe('compacted');
    const others: readonly Json[] = [
      null,
      [],
      {},
      { update: 1 },
      { update: '%' },
      { update: 'AA==', part: { of: 'a', index: 2, count: 2 } },
    ];
    for (const payload of others) expect(readUpdate(payload)).toBeUndefined();
  });
});

describe('UpdateParts', () => {
  it('puts parts together in whatever order they come, repeats included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array(), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (pieces, stream) => {
          const parts = new UpdateParts();
          const order = pieces
            .map((_, index) => ({ index, at: Number(stream.next().value) }))
            .sort((a, b) => a.at - b.at);
          const wholes = order.flatMap(({ index }, turn) => {
            if (turn > 0)
              parts.add('ann', { of: 'x', index: order[0]!.index, count: pieces.length }, pieces[order[0]!.index]!);
            return parts.add('ann', { of: 'x', index, count: pieces.length }, pieces[index]!) ?? [];
          });
          expect(wholes).toEqual([Uint8Array.from(pieces.flatMap((piece) => [...piece]))]);
        },
      ),
    );
  });

  it('waits for as many updates at a time as are under way', () => {
    const parts = new UpdateParts();
    const all = Array.from({ length: 100 }, (_, at) => `update-${at}`);
    for (const name of all) parts.add('ann', { of: name, index: 0, count: 2 }, Uint8Array.of(1));
    const wholes = all.map((of) => parts.add('ann', { of, index: 1, count: 2 }, Uint8Array.of(2)));
    expect(wholes).toEqual(all.map(() => Uint8Array.of(1, 2)));
  });

  it('forgets the oldest of somebody who begins updates and never ends them', () => {
    const parts = new UpdateParts();
    const half = new Uint8Array(20 * 1024 * 1024);
    for (const name of ['a', 'b', 'c', 'd']) parts.add('ann', { of: name, index: 0, count: 2 }, half);
    expect(parts.add('ann', { of: 'a', index: 1, count: 2 }, Uint8Array.of(2))).toBeUndefined();
    expect(parts.add('ann', { of: 'd', index: 1, count: 2 }, Uint8Array.of(2))).toHaveLength(half.length + 1);
  });

  it('keeps those of different people apart', () => {
    const parts = new UpdateParts();
    expect(parts.add('ann', { of: 'x', index: 0, count: 2 }, Uint8Array.of(1))).toBeUndefined();
    expect(parts.add('ben', { of: 'x', index: 1, count: 2 }, Uint8Array.of(9))).toBeUndefined();
    expect(parts.add('ann', { of: 'x', index: 1, count: 2 }, Uint8Array.of(2))).toEqual(Uint8Array.of(1, 2));
  });
});

describe('mergeBoard', () => {
  it('leaves parts whose others have not come, and counts what is no update', () => {
    const doc = new Y.Doc();
    doc.getMap('shapes').set('a', 1);
    const update = Y.encodeStateAsUpdate(doc);
    const half = Math.ceil(update.length / 2);
    const piece = (index: number) => ({
      userId: 'ann',
      update: update.subarray(index * half, (index + 1) * half),
      part: { of: 'x', index, count: 2 },
    });
    const first = mergeBoard(undefined, [{ userId: 'ben', update: Uint8Array.of(7, 7, 7) }, piece(0)]);
    expect([first.left, first.broken]).toEqual([[1], 1]);
    const both = mergeBoard(first.snapshot, [piece(0), piece(1)]);
    expect([both.left, both.broken]).toEqual([[], 0]);
    const late = new Y.Doc();
    expect(applyUpdate(late, both.snapshot)).toBe(true);
    expect(late.getMap('shapes').get('a')).toBe(1);
  });

  it('costs by the size of the board, not by its past', () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let turn = 0; turn < 2_000; turn += 1) doc.getMap('shapes').set('only', 'x'.repeat(100) + String(turn));
    const { snapshot } = mergeBoard(
      undefined,
      updates.map((update) => ({ userId: 'ann', update })),
    );
    expect(snapshot.length).toBeLessThan(300);
    expect(updates.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(200_000);
  });
});

describe('applyUpdate', () => {
  /** One of each that Yjs can store. */
  function variedUpdate(): Uint8Array {
    const doc = new Y.Doc();
    const map = doc.getMap('shapes');
    const all = [undefined, null, -70_000, 1.5, 0.1, 2n, true, false, 'café 👩‍👩‍👧', [1, ['é']], { a: { b: 2 } }];
    for (const [at, value] of all.entries()) map.set(String(at), value);
    map.set('bytes', Uint8Array.of(1, 2, 3));
    map.set('inner', new Y.Map([['made', { ink: Uint8Array.of(9), x: 1e9, y: 0.5 }]]));
    map.set('doc', new Y.Doc());
    const words = new Y.Text('日本語');
    map.set('words', words);
    words.format(0, 2, { bold: true });
    words.insertEmbed(1, { picture: 'x' });
    words.delete(0, 1);
    map.set('page', new Y.XmlElement('p'));
    map.delete('3');
    return Y.encodeStateAsUpdate(doc);
  }

  function isDone(run: () => void): boolean {
    try {
      run();
      return true;
    } catch {
      return false;
    }
  }

  it('takes what Yjs takes, and nothing of what it cannot read to its end', () => {
    const whole = variedUpdate();
    expect(applyUpdate(new Y.Doc(), whole)).toBe(true);
    const broken = fc.oneof(
      fc.nat(whole.length - 1).map((length) => whole.slice(0, length)),
      fc
        .tuple(fc.nat(whole.length - 1), fc.nat(255))
        .map(([at, byte]) => whole.map((before, place) => (place === at ? byte : before))),
      fc.uint8Array({ maxLength: 40 }),
    );
    fc.assert(
      fc.property(broken, (update) => {
        const doc = new Y.Doc();
        const isRead = isDone(() => Y.decodeUpdate(update));
        expect(applyUpdate(doc, update)).toBe(isRead && isDone(() => Y.applyUpdate(new Y.Doc(), update)));
        // What can be read may still name places that are none, and stops Yjs half-way: the same for everyone.
        if (!isRead) expect(Y.encodeStateAsUpdate(doc)).toEqual(Uint8Array.of(0, 0));
      }),
      { numRuns: 500 },
    );
  });
});

describe('ink', () => {
  it('is stored to an eighth of a unit, in about three bytes a point', () => {
    const points = Float32Array.from({ length: 300 }, (_, at) => (at % 3 === 2 ? 0.5 : Math.sin(at) * 5 + at));
    const bytes = encodeInk(points);
    const back = decodeInk(bytes);
    expect(bytes.length).toBeLessThan(450);
    expect(back).toHaveLength(300);
    for (const [at, value] of points.entries()) expect(Math.abs((back?.[at] ?? 0) - value)).toBeLessThanOrEqual(0.0626);
  });

  it('is nothing when the bytes are cut off, empty or too many', () => {
    const bytes = encodeInk([1, 2, 0.5, 3, 4, 0.5]);
    expect(decodeInk(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
    expect(decodeInk(new Uint8Array())).toBeUndefined();
    expect(decodeInk(Uint8Array.of(0))).toBeUndefined();
    expect(decodeInk(Uint8Array.of(255, 255, 255, 127))).toBeUndefined();
  });
});
