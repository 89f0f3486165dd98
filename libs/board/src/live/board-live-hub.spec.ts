import { SocketClient } from '@parley/client';
import { FakeClock, FakeServer } from '@parley/client/testing';
import type { BoardActions } from '../actions';
import { BOARD_TOPIC } from '../testing/board-world';
import { BoardLiveHub } from './board-live-hub';
import type { LiveState } from './live-state';

describe('BoardLiveHub', () => {
  let clock: FakeClock;
  let server: FakeServer;
  let ann: BoardLiveHub;
  let ben: BoardLiveHub;
  let annClient: SocketClient;

  function join(user: string): [BoardLiveHub, SocketClient] {
    const client = new SocketClient({ clock, random: () => 0.5, ...server.optionsFor({ userId: user, name: user }) });
    let connectionId: string | undefined;
    client.connectionId$.subscribe((id) => (connectionId = id));
    const hub = new BoardLiveHub({
      channel: client.channel<BoardActions>(BOARD_TOPIC),
      connectionId: () => connectionId,
      now: () => clock.now(),
      later: (milliseconds, run) => clock.after(milliseconds, run),
    });
    hub.open();
    return [hub, client];
  }

  const sent = () => server.received.filter(({ action }) => action === 'board-live');
  const inkOf = (points: readonly number[]): LiveState => ({
    page: 'board',
    ink: { id: 'stroke', colour: 'red', size: 4, highlight: false, from: 0, points },
  });

  beforeEach(async () => {
    clock = new FakeClock();
    server = new FakeServer({ clock });
    [ann, annClient] = join('ann');
    [ben] = join('ben');
    await clock.advance(200);
  });

  it('tells the others, and not this window itself', async () => {
    ann.tell({ page: 'board', cursor: [1, 2] });
    await clock.advance(50);
    expect(ben.others.value).toMatchObject([{ userId: 'ann', live: { page: 'board', cursor: [1, 2] } }]);
    expect(ann.others.value).toEqual([]);
  });

  it('says nothing while one may only look, and goes on once one may take part', async () => {
    server.allow('ann', BOARD_TOPIC, { publish: false, store: false });
    await clock.advance(50);
    ann.tell({ page: 'board', cursor: [1, 2] });
    await clock.advance(1_000);
    expect(sent()).toEqual([]);
    server.allow('ann', BOARD_TOPIC, { publish: true, store: true });
    await clock.advance(50);
    ann.tell({ page: 'board', cursor: [3, 4] });
    await clock.advance(50);
    expect(ben.others.value).toMatchObject([{ live: { cursor: [3, 4] } }]);
  });

  it('sends 30 times a second at most, and the latest always', async () => {
    for (let turn = 0; turn <= 100; turn += 1) {
      ann.tell({ page: 'board', cursor: [turn, 0] });
      await clock.advance(10);
    }
    await clock.advance(100);
    expect(sent().length).toBeLessThan(35);
    expect(sent().length).toBeGreaterThan(20);
    expect(ben.others.value[0]?.live.cursor).toEqual([100, 0]);
  });

  it('[P5] sends volatile messages', async () => {
    ann.tell({ page: 'board', cursor: [1, 2] });
    await clock.advance(50);
    expect(sent()[0]).toMatchObject({ volatile: true, store: false });
  });

  it('sends only new points of ink, and the others have all of them', async () => {
    const points: number[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      points.push(turn, turn / 2, 0.5);
      ann.tell(inkOf([...points]));
      await clock.advance(16);
    }
    await clock.advance(100);
    expect(ben.others.value[0]?.live.ink?.points).toEqual(points);
    const longest = Math.max(...sent().map(({ payload }) => JSON.stringify(payload).length));
    expect(longest).toBeLessThan(1_000);
  });

  it('goes on with a line of which a message was lost', async () => {
    ann.tell(inkOf([0, 0, 0.5]));
    await clock.advance(50);
    const line = Array.from({ length: 3 * 40 }, (_, at) => at);
    ben.close();
    ann.tell(inkOf(line));
    await clock.advance(50);
    ben.open();
    await clock.advance(100);
    ann.tell(inkOf([...line, 7, 7, 0.5]));
    await clock.advance(50);
    const ink = ben.others.value[0]?.live.ink;
    expect(ink?.from).toBe(24);
    expect(ink?.points).toEqual([...line.slice(24 * 3), 7, 7, 0.5]);
  });

  it('forgets who is silent, and who leaves', async () => {
    ann.tell({ page: 'board', cursor: [1, 2] });
    await clock.advance(9_000);
    expect(ben.others.value).toHaveLength(1);
    await clock.advance(4_000);
    expect(ben.others.value).toEqual([]);
    ann.tell({ page: 'board', cursor: [1, 2] });
    await clock.advance(100);
    expect(ben.others.value).toHaveLength(1);
    annClient.disconnect();
    await clock.advance(100);
    expect(ben.others.value).toEqual([]);
  });

  it('ignores what is nothing of the kind', async () => {
    const channel = annClient.channel<BoardActions>(BOARD_TOPIC);
    for (const payload of [
      null,
      {},
      { page: 'board', cursor: [1] },
      { page: 'board', cursor: [Number.MAX_VALUE, 0] },
    ]) {
      channel.sendMessage('board-live', payload as never, { volatile: true });
    }
    await clock.advance(100);
    expect(ben.others.value).toEqual([]);
  });
});
