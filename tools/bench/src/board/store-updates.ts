import { base64Of } from '@parley/board/wire';
import type { Pool } from 'pg';
import * as Y from 'yjs';
import { Seeded } from '../stack/seeded';

const BATCH = 2_000;

export interface StoreOptions {
  readonly pool: Pool;
  readonly topic: string;
  readonly userId: string;
  readonly updates: number;
  readonly seed: number;
}

/**
 * A board with a long past: one update in twenty draws a shape, the others move one. Stored by the function that the
 * server stores with, in its batches, since the sockets are not what is measured.
 *
 * @returns the board as its people see it
 */
export async function storeUpdates({ pool, topic, userId, updates, seed }: StoreOptions): Promise<Y.Doc> {
  const random = new Seeded(seed).next;
  const doc = new Y.Doc();
  const shapes = doc.getMap<Y.Map<unknown>>('shapes');
  const ids: string[] = [];
  let batch: string[] = [];
  doc.on('update', (update: Uint8Array) => batch.push(JSON.stringify({ update: base64Of(update) })));
  for (let number = 0; number < updates; number += 1) {
    const id = ids[Math.floor(random() * ids.length)];
    if (number % 20 === 0 || id === undefined) draw(shapes, ids, random);
    else move(doc, shapes.get(id), random);
    if (batch.length === BATCH || number === updates - 1) {
      await append(pool, topic, userId, batch);
      batch = [];
    }
  }
  return doc;
}

function draw(shapes: Y.Map<Y.Map<unknown>>, ids: string[], random: () => number): void {
  const id = `shape-${ids.length}`;
  ids.push(id);
  const points = Array.from({ length: 64 }, () => Math.round(random() * 1_000)).join(' ');
  const entries: [string, unknown][] = [
    ['kind', 'ink'],
    ['text', 'café 日本語'],
    ['points', points],
    ['x', random() * 10_000],
    ['y', random() * 10_000],
  ];
  shapes.set(id, new Y.Map(entries));
}

function move(doc: Y.Doc, shape: Y.Map<unknown> | undefined, random: () => number): void {
  doc.transact(() => {
    shape?.set('x', random() * 10_000);
    shape?.set('y', random() * 10_000);
  });
}

async function append(pool: Pool, topic: string, userId: string, payloads: readonly string[]): Promise<void> {
  const each = <T>(value: T): T[] => payloads.map(() => value);
  await pool.query('SELECT FROM append_topic_messages($1, $2, $3, $4, $5, $6, $7)', [
    each(topic),
    each(userId),
    each('bench'),
    each('board-update'),
    each(null),
    payloads,
    each(new Date().toISOString()),
  ]);
}
