import { linkNews, MemberWatch } from './member-watch';
import { member, peer } from './testing/fake-session';

const opened = Date.parse('2026-11-03T10:00:00.000Z');
const at = (ms: number): string => new Date(opened + ms).toISOString();

describe('member watch', () => {
  const watch = new MemberWatch(opened);

  it('says nothing of those who were there before the page', () => {
    const ben = member('ben', { joinedAt: at(-60_000) });
    expect(watch.changed([], [ben], opened + 500)).toEqual([]);
  });

  it('tells who comes, and who goes', () => {
    const ben = member('ben', { joinedAt: at(300) });
    expect(watch.changed([], [ben], opened + 500)).toEqual([{ kind: 'joined', userId: 'ben' }]);
    expect(watch.changed([ben], [], opened + 900)).toEqual([{ kind: 'left', userId: 'ben' }]);
  });

  it('does not trust the clocks for long', () => {
    const ben = member('ben', { joinedAt: at(-3_600_000) });
    expect(watch.changed([], [ben], opened + 10_000)).toEqual([{ kind: 'joined', userId: 'ben' }]);
  });

  it('tells hands that go up and down, and nothing of a new connection', () => {
    const [down, up] = [member('ben'), member('ben', { handAt: at(0), connectionId: 'another' })];
    expect(watch.changed([down], [up], opened)).toEqual([{ kind: 'hand-up', userId: 'ben' }]);
    expect(watch.changed([up], [down], opened)).toEqual([{ kind: 'hand-down', userId: 'ben' }]);
    expect(watch.changed([up], [{ ...up, connectionId: 'third', seat: 'other' }], opened)).toEqual([]);
  });
});

describe('link news', () => {
  const peers = (state: Parameters<typeof peer>[1]) => new Map([['ben', peer('ben', state)]]);

  it('tells of a path that breaks and is whole again, and of no first connection', () => {
    const [connecting, connected] = [peers({ state: 'connecting' }), peers({ state: 'connected' })];
    const [reconnecting, failed] = [peers({ state: 'reconnecting' }), peers({ state: 'failed' })];
    expect(linkNews(new Map(), connecting)).toEqual([]);
    expect(linkNews(connecting, connected)).toEqual([]);
    expect(linkNews(connected, reconnecting)).toEqual([{ kind: 'lost', userId: 'ben' }]);
    expect(linkNews(reconnecting, failed)).toEqual([]);
    expect(linkNews(failed, connected)).toEqual([{ kind: 'back', userId: 'ben' }]);
    expect(linkNews(connected, new Map())).toEqual([]);
  });
});
