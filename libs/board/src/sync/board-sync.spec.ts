import * as fc from 'fast-check';
import type { BoardActions } from '../actions';
import { FIRST_PAGE } from '../scene/page';
import type { NewShape } from '../scene/shape';
import { BOARD_TOPIC, BoardWorld, nonsense, type BoardPageUnderTest } from '../testing/board-world';
import { contentOf, edit, perform } from '../testing/random-edits';

const rectangle: NewShape = {
  page: FIRST_PAGE,
  kind: 'rectangle',
  filled: false,
  x: 1,
  y: 2,
  width: 3,
  height: 4,
  angle: 0,
  colour: 'ink',
  size: 2,
};

// Boards of megabytes take seconds on a busy machine.
jest.setTimeout(60_000);

describe('BoardSync', () => {
  let world: BoardWorld;
  let ann: BoardPageUnderTest;
  let ben: BoardPageUnderTest;

  beforeEach(async () => {
    world = new BoardWorld();
    ann = world.page('ann');
    ben = world.page('ben');
    await world.clock.advance(200);
  });

  const stored = () => world.server.topic(BOARD_TOPIC).stored;

  it('is open, and can be written on, once what is stored is there', () => {
    expect(ann.sync.status.value).toEqual({ state: 'open', queued: 0, canWrite: true, refused: false });
    expect(world.reads).toEqual([0, 0]);
  });

  it('sends what is done in one frame as one stored message', async () => {
    ann.scene.add([rectangle]);
    ann.scene.add([rectangle]);
    expect(ann.sync.status.value.queued).toBe(2);
    await world.clock.advance(100);
    expect(stored()).toHaveLength(1);
    expect(ben.scene.size).toBe(2);
    expect(ann.sync.status.value.queued).toBe(0);
    expect(ann.keep.kept.size).toBe(0);
  });

  it('shows who comes later what was drawn before, compacted or not', async () => {
    ann.scene.add([rectangle]);
    await world.clock.advance(100);
    world.compact();
    ann.scene.add([rectangle]);
    await world.clock.advance(100);
    const cleo = world.page('cleo');
    await world.clock.advance(200);
    expect(contentOf(cleo.scene)).toEqual(contentOf(ann.scene));
    expect(cleo.scene.size).toBe(2);
  });

  it('asks after a break only for what was stored since', async () => {
    ann.scene.add([rectangle]);
    await world.clock.advance(100);
    ben.scene.add([rectangle]);
    await world.clock.advance(100);
    world.server.break('ann');
    await world.clock.advance(10_000);
    expect(world.reads).toEqual([0, 0, stored().length]);
  });

  it('misses nothing that was compacted while it was away, also when the first readings fail', async () => {
    world = new BoardWorld(0);
    ann = world.page('ann');
    ben = world.page('ben');
    await world.clock.advance(200);
    world.server.break('ben');
    ann.scene.add([rectangle]);
    await world.clock.advance(100);
    world.compact();
    world.failReads = 2;
    expect([stored().length, ben.scene.size]).toEqual([1, 0]);
    await world.clock.advance(30_000);
    expect([world.failReads, ben.scene.size]).toEqual([0, 1]);
  });

  it('sends an update of half a megabyte in parts, and others put them together', async () => {
    const points = new Float32Array(3 * 5_000).map((_, at) => (at % 3 === 2 ? 0.5 : (at * 7919) % 4_000));
    const ink: NewShape = { ...rectangle, kind: 'ink', highlight: false, points, inkWidth: 4_000, inkHeight: 4_000 };
    ann.scene.add(new Array<NewShape>(24).fill(ink));
    await world.clock.advance(5_000);
    expect(stored().length).toBeGreaterThan(5);
    expect(ben.scene.size).toBe(24);
    expect(contentOf(ben.scene)).toEqual(contentOf(ann.scene));
    const cleo = world.page('cleo');
    await world.clock.advance(200);
    expect(cleo.scene.size).toBe(24);
  });

  it('keeps what is done without a network over a reload, and brings it to the others once', async () => {
    world.server.isDown = true;
    world.server.break('ann');
    ann.scene.add([rectangle]);
    await world.clock.advance(100);
    ann.scene.add([rectangle]);
    await world.clock.advance(60_000);
    expect(ann.sync.status.value).toMatchObject({ queued: 2, canWrite: true });
    ann.crash(world);
    const again = world.page('ann', ann.keep);
    await world.clock.advance(100);
    expect([again.scene.size, again.sync.status.value.queued]).toEqual([2, 2]);
    world.server.isDown = false;
    ben.scene.add([rectangle]);
    await world.clock.advance(30_000);
    expect(contentOf(again.scene)).toEqual(contentOf(ben.scene));
    expect([ben.scene.size, again.keep.kept.size, again.sync.status.value.queued]).toEqual([3, 0, 0]);
  });

  it('sends what was done in a long absence in pieces, all of it', async () => {
    const points = new Float32Array(3 * 5_000).map((_, at) => (at % 3 === 2 ? 0.5 : (at * 7919) % 4_000));
    const ink: NewShape = { ...rectangle, kind: 'ink', highlight: false, points, inkWidth: 4_000, inkHeight: 4_000 };
    world.server.isDown = true;
    world.server.break('ann');
    for (let turn = 0; turn < 60; turn += 1) {
      ann.scene.add([ink]);
      await world.clock.advance(20);
    }
    world.server.isDown = false;
    await world.clock.advance(60_000);
    expect([ben.scene.size, ann.sync.status.value.queued, ann.keep.kept.size]).toEqual([60, 0, 0]);
    const counts = stored().map(({ payload }) => (payload as { part?: { count: number } }).part?.count ?? 1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(8);
    expect(counts.length).toBeGreaterThan(20);
  });

  it('says so when a change is more than anybody would put together again', async () => {
    const points = new Float32Array(3 * 5_000).map((_, at) => (at % 3 === 2 ? 0.5 : (at * 7919) % 1_000_000));
    const ink: NewShape = { ...rectangle, kind: 'ink', highlight: false, points, inkWidth: 1e6, inkHeight: 1e6 };
    ann.scene.add(new Array<NewShape>(800).fill(ink));
    await world.clock.advance(1_000);
    expect(ann.sync.status.value).toMatchObject({ refused: true, queued: 1 });
    expect(stored()).toEqual([]);
    // Twenty megabytes of ink take their time.
  }, 30_000);

  it('tries again to read a board that could not be read', async () => {
    world.failReads = 3;
    const cleo = world.page('cleo');
    await world.clock.advance(500);
    expect(cleo.sync.status.value).toMatchObject({ state: 'failed', canWrite: false });
    await world.clock.advance(10_000);
    expect(cleo.sync.status.value.state).toBe('open');
  });

  it('says so, and loses nothing, when the meeting ends before the last change is stored', async () => {
    world.server.failNext('board-update', 'forbidden');
    ann.scene.add([rectangle]);
    await world.clock.advance(200);
    expect(ann.sync.status.value).toMatchObject({ refused: true, queued: 1 });
    expect(ann.keep.kept.size).toBe(1);
    world.server.allow('ann', BOARD_TOPIC, { publish: false, store: false });
    await world.clock.advance(100);
    expect(ann.sync.status.value.canWrite).toBe(false);
    world.server.allow('ann', BOARD_TOPIC, { publish: true, store: true });
    await world.clock.advance(500);
    expect(ann.sync.status.value).toEqual({ state: 'open', queued: 0, canWrite: true, refused: false });
    expect(ben.scene.size).toBe(1);
  });

  it('says the same of what was still waiting when one may write no more', async () => {
    world.server.allow('ann', BOARD_TOPIC, { publish: false, store: false });
    await world.clock.advance(100);
    ann.scene.add([rectangle]);
    await world.clock.advance(1_000);
    expect(ann.sync.status.value).toMatchObject({ refused: true, queued: 1, canWrite: false });
    expect(stored()).toEqual([]);
    world.server.allow('ann', BOARD_TOPIC, { publish: true, store: true });
    await world.clock.advance(1_000);
    expect(ann.sync.status.value).toMatchObject({ refused: false, queued: 0 });
    expect(stored()).toHaveLength(1);
  });

  it('forgets what was refused when its author says so: the next page shows what everyone has', async () => {
    world.server.failNext('board-update', 'forbidden');
    ann.scene.add([rectangle]);
    await world.clock.advance(200);
    expect(ann.keep.kept.size).toBe(1);
    await ann.sync.discard();
    expect(ann.keep.kept.size).toBe(0);
    ann.crash(world);
    const again = world.page('ann', ann.keep);
    await world.clock.advance(1_000);
    expect([again.scene.size, ben.scene.size, again.sync.status.value.queued]).toEqual([0, 0, 0]);
  });

  it('forgets what was on its way when it was discarded, too', async () => {
    world.server.silence();
    ann.scene.add([rectangle]);
    await world.clock.advance(50);
    expect(ann.keep.kept.size).toBe(1);
    await ann.sync.discard();
    ann.client.disconnect();
    await world.clock.advance(60_000);
    expect(ann.keep.kept.size).toBe(0);
  });

  it('goes on past what is no update, whoever sends it', async () => {
    const channel = ben.client.channel<BoardActions>(BOARD_TOPIC);
    for (const payload of nonsense) void channel.storeMessage('board-update', payload as never);
    ann.scene.add([rectangle]);
    await world.clock.advance(2_000);
    expect([ann.scene.size, ben.scene.size]).toEqual([1, 1]);
    const cleo = world.page('cleo');
    await world.clock.advance(200);
    expect(cleo.scene.size).toBe(1);
  });

  it('goes on in memory where nothing can be kept', async () => {
    const broken = world.page('cleo');
    broken.keep.add = () => Promise.reject(new Error('no room'));
    await world.clock.advance(200);
    broken.scene.add([rectangle]);
    await world.clock.advance(200);
    expect(ann.scene.size).toBe(1);
    expect(broken.reports).toHaveLength(1);
  });

  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ who: fc.nat(2), edit }) },
    fc.record({ fault: fc.constantFrom('break' as const, 'reload' as const), who: fc.nat(2) }),
    fc.constantFrom(
      'restart' as const,
      'down' as const,
      'up' as const,
      'compact' as const,
      'silence' as const,
      'unread' as const,
    ),
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 3_000 }) },
  );

  it('is the same for everyone after any faults: breaks, reloads, restarts, compaction, a server that does not answer', async () => {
    const figures = { queuedAtReload: 0, stored: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50 }), async (steps) => {
        const around = new BoardWorld(20);
        const pages = ['ann', 'ben', 'cleo'].map((user) => around.page(user));
        await around.clock.advance(300);
        for (const each of steps) {
          if (typeof each === 'number') await around.clock.advance(each);
          else if (each === 'restart') around.server.restart();
          else if (each === 'down') {
            around.server.isDown = true;
            around.server.break();
          } else if (each === 'up') around.server.isDown = false;
          else if (each === 'compact') around.compact();
          else if (each === 'silence') around.server.silence();
          else if (each === 'unread') around.failReads += 1;
          else if ('edit' in each) perform(pages[each.who]!.scene, each.edit);
          else if (each.fault === 'break') around.server.break(pages[each.who]!.user);
          else {
            // What was done in this very frame is not kept yet.
            await around.clock.advance(17);
            const before = pages[each.who]!;
            figures.queuedAtReload += before.sync.status.value.queued;
            before.crash(around);
            pages[each.who] = around.page(before.user, before.keep);
          }
        }
        around.server.isDown = false;
        around.failReads = 0;
        await around.clock.advance(120_000);
        const [first, ...others] = pages.map(({ scene }) => contentOf(scene));
        for (const other of others) expect(other).toEqual(first);
        const late = around.page('late');
        await around.clock.advance(500);
        expect(contentOf(late.scene)).toEqual(first);
        for (const { sync, keep } of pages) {
          expect(sync.status.value).toEqual({ state: 'open', queued: 0, canWrite: true, refused: false });
          expect(keep.kept.size).toBe(0);
        }
        figures.stored += around.server.topic(BOARD_TOPIC).stored.length;
      }),
      { numRuns: 150 },
    );
    // Otherwise this would hold without anything having been at risk.
    expect(figures.queuedAtReload).toBeGreaterThan(0);
    expect(figures.stored).toBeGreaterThan(100);
  }, 60_000);
});
