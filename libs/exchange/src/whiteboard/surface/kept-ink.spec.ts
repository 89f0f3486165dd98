import type { LiveInk, OtherLive } from '@parley/board';
import { KEPT_MS, KeptInk, LINES_MAX } from './kept-ink';

function drawing(id: string | undefined, points: readonly number[] = [0, 0, 0.5]): OtherLive {
  const ink: LiveInk | undefined =
    id === undefined ? undefined : { id, colour: 'ink', size: 3, highlight: false, from: 0, points };
  return { connectionId: 'c1', userId: 'ben', live: { page: 'board', ...(ink && { ink }) } };
}

describe('ink of others', () => {
  let kept: KeptInk;
  let finished: Set<string>;
  const isFinished = (id: string): boolean => finished.has(id);
  const shown = (now: number, page = 'board'): string[] => kept.on(page, now).inks.map(({ ink }) => ink.id);

  beforeEach(() => {
    kept = new KeptInk();
    finished = new Set();
  });

  it('is shown on its page as it comes', () => {
    kept.heard([drawing('a', [0, 0, 0.5, 9, 9, 0.5])], 0, isFinished);
    expect(kept.on('board', 60_000)).toMatchObject({ inks: [{ ink: { points: { length: 6 } } }], waits: false });
    expect(shown(0, 'another')).toEqual([]);
  });

  it('stays from its end until its shape has come', () => {
    kept.heard([drawing('a')], 0, isFinished);
    kept.heard([drawing(undefined)], 100, isFinished);
    expect(kept.on('board', 100 + KEPT_MS)).toMatchObject({ inks: [{ ink: { id: 'a' } }], waits: true });
    finished.add('a');
    kept.settle(isFinished);
    expect(shown(200)).toEqual([]);
  });

  it('goes after a second when no shape comes', () => {
    kept.heard([drawing('a')], 0, isFinished);
    kept.heard([], 100, isFinished);
    expect(kept.on('board', 101 + KEPT_MS)).toEqual({ inks: [], waits: false });
  });

  it('that has become a shape is not shown again, whatever is still told, nor after it was undone', () => {
    kept.heard([drawing('a')], 0, isFinished);
    finished.add('a');
    kept.settle(isFinished);
    kept.heard([drawing('a')], 10, isFinished);
    finished.delete('a');
    kept.heard([drawing('a')], 20, isFinished);
    expect(shown(20)).toEqual([]);
    kept.heard([drawing('b')], 30, isFinished);
    expect(shown(30)).toEqual(['b']);
  });

  it('of the line before stays beside the next one', () => {
    kept.heard([drawing('a')], 0, isFinished);
    kept.heard([drawing('b')], 10, isFinished);
    expect(shown(20)).toEqual(['a', 'b']);
  });

  it('is only so much of one window, whatever it tells: the latest', () => {
    const ids = Array.from({ length: 60 }, (_, at) => `line-${at}`);
    for (const id of ids) kept.heard([drawing(id)], 0, isFinished);
    expect(shown(0)).toEqual(ids.slice(-LINES_MAX));
  });
});
