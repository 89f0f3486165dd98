import { Logger } from '@nestjs/common';
import { base64Of } from '@parley/board/wire';
import { Boards, PostgresMessageLog, createDataSource } from '@parley/persistence';
import { startTestPostgres, type TestPostgres } from '@parley/persistence/testing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import * as Y from 'yjs';
import { Metrics } from '../metrics/metrics';
import { buildThreadProgram } from '../testing/thread-program';
import { BoardCompactor } from './board-compactor';
import { BoardMerger } from './board-merger';
import { BoardMetrics } from './board-metrics';
import { boardTopic } from './board-topic';

const ann = '00000000-0000-4000-8000-00000000000a';

describe('compacting whiteboards', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let boards: Boards;
  let log: PostgresMessageLog;
  let folder: string;
  let program: string;
  let topic: string;
  let metrics: Metrics;
  const started: BoardCompactor[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = mkdtempSync(join(tmpdir(), 'parley-boards-'));
    program = await buildThreadProgram('boards/board-merge.ts', folder);
    postgres = await startTestPostgres();
    dataSource = await createDataSource({ url: await postgres.createDatabase(), poolSize: 5 }).initialize();
    boards = new Boards(dataSource);
    log = new PostgresMessageLog(dataSource);
  });

  beforeEach(() => {
    topic = boardTopic(randomUUID());
  });

  afterEach(async () => {
    for (const each of started.splice(0)) await each.beforeApplicationShutdown();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function compactor(merger = new BoardMerger({ program }), boardCompactAfter = 5): BoardCompactor {
    metrics = new Metrics();
    const made = new BoardCompactor(boards, merger, new BoardMetrics(metrics), { boardCompactAfter });
    started.push(made);
    return made;
  }

  /** Stores one update for each word, and what else is given. */
  async function draw(words: readonly string[], ...others: readonly Record<string, string>[]): Promise<void> {
    const doc = new Y.Doc();
    const updates: Record<string, string>[] = [];
    doc.on('update', (update: Uint8Array) => updates.push({ update: base64Of(update) }));
    for (const word of words) doc.getArray('words').push([word]);
    await log.append(
      [...updates, ...others].map((payload) => ({
        topic,
        action: 'board-update',
        userId: ann,
        sender: 'connection-1',
        id: randomUUID(),
        payload,
        timestamp: new Date(),
      })),
    );
  }

  async function stored(): Promise<{ words: unknown; tail: number; snapshot: boolean }> {
    const { snapshot, tail } = await boards.read(topic);
    const doc = new Y.Doc();
    if (snapshot !== undefined) Y.applyUpdate(doc, snapshot);
    return { words: doc.getArray('words').toJSON(), tail: tail.length, snapshot: snapshot !== undefined };
  }

  const words = ['café', '👩‍👩‍👧', '日本語', 'four', 'five', 'six'];
  const outcomes = async (): Promise<string> =>
    (await metrics.registry.getMetricsAsJSON())
      .filter(({ name }) => name === 'parley_board_compactions_total')
      .flatMap(({ values }) => values.map(({ labels, value }) => `${String(labels.outcome)} ${value}`))
      .join();

  it('leaves few updates as they are, and merges many, what is no update among them', async () => {
    const node = compactor();
    await draw(words, { update: '!' }, { update: base64Of(Uint8Array.of(1, 2, 3)) }, {});
    node.noticed(topic, 5);
    await node.settled();
    expect(await stored()).toMatchObject({ tail: 9, snapshot: false });
    node.noticed(topic, 9);
    await node.settled();
    expect(await stored()).toEqual({ words, tail: 0, snapshot: true });
    expect(await outcomes()).toBe('done 1');
    expect(await metrics.registry.metrics()).toContain('parley_board_compaction_seconds_count 1');
  });

  it('finds by itself what nobody reads', async () => {
    const node = compactor();
    await draw(words);
    await node.sweep();
    await node.settled();
    expect(await stored()).toEqual({ words, tail: 0, snapshot: true });
  });

  it('is done once by several nodes that notice it at once', async () => {
    await draw(words);
    const nodes = [compactor(), compactor(), compactor()];
    for (const node of nodes) node.noticed(topic, 6);
    for (const node of nodes) await node.settled();
    expect(await stored()).toEqual({ words, tail: 0, snapshot: true });
  });

  it.each([
    ['fails', 'throw new Error("no");', undefined],
    ['ends', 'process.exit();', undefined],
    ['is not there', undefined, undefined],
    ['never ends', 'for (;;);', 50],
  ])('a thread that %s changes nothing, is counted, and is left alone for a while', async (_how, source, limitMs) => {
    const broken = join(folder, `${randomUUID()}.mjs`);
    if (source !== undefined) writeFileSync(broken, source);
    await draw(words);
    const node = compactor(new BoardMerger({ program: broken, ...(limitMs === undefined ? {} : { limitMs }) }));
    node.noticed(topic, 6);
    await node.settled();
    expect(await stored()).toMatchObject({ tail: 6, snapshot: false });
    expect(await outcomes()).toBe('failed 1');
    node.noticed(topic, 6);
    await node.settled();
    expect(await outcomes()).toBe('failed 1');
  });

  it('stops with the server, in the middle of a merge', async () => {
    const endless = join(folder, 'endless.mjs');
    writeFileSync(endless, 'for (;;);');
    await draw(words);
    const node = compactor(new BoardMerger({ program: endless }));
    node.noticed(topic, 6);
    await node.beforeApplicationShutdown();
    node.noticed(topic, 6);
    await node.settled();
    expect(await stored()).toMatchObject({ tail: 6, snapshot: false });
    expect(await outcomes()).toBe('');
    const next = compactor();
    next.noticed(topic, 6);
    await next.settled();
    expect(await stored()).toEqual({ words, tail: 0, snapshot: true });
  });
});
