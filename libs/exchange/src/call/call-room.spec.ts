import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CallRoom } from './call-room';
import type { CallNews } from './member-watch';
import { FakeParts } from './testing/fake-media';
import { ReloadMark } from './reload-mark';
import { member } from './testing/fake-session';

function setUp() {
  const parts = new FakeParts();
  const fails = { next: false };
  const room = new CallRoom({
    me: 'ann',
    load: () => {
      if (!fails.next) return Promise.resolve(parts);
      fails.next = false;
      return Promise.reject(new Error('offline'));
    },
    connect: (loaded) => loaded.openCall(undefined as never, { me: 'ann' } as never),
    reload: new ReloadMark('exchange/call:1', sessionStorage, true),
    injector: TestBed.inject(Injector),
  });
  return { parts, room, session: parts.session, fails };
}

describe('call room', () => {
  beforeEach(() => {
    localStorage.clear();
    sessionStorage.clear();
  });

  it('knows who is in the call without asking for any device', async () => {
    const { parts, room, session } = setUp();
    await room.open();
    session.members.next([member('ben')]);
    expect(room.members().map(({ userId }) => userId)).toEqual(['ben']);
    expect([room.mode(), session.done, parts.desks]).toEqual(['out', ['open'], []]);
  });

  it('goes through the lobby into the call, and tells the others what is switched', async () => {
    const { parts, room, session } = setUp();
    await room.enterLobby();
    expect(room.mode()).toBe('lobby');
    expect(parts.desk.asked).toEqual(['start microphone', 'start camera']);
    room.join();
    expect(room.mode()).toBe('in');
    session.enter(member('ann'));
    room.own()?.toggle('microphone');
    TestBed.tick();
    expect(session.told.map(({ own }) => own.microphone)).toEqual(['on', 'off']);
    expect(Object.keys(session.told.at(-1)?.tracks ?? {})).toEqual(['camera']);
  });

  it('is where one is again after a reload, as one was, and not once one had left', async () => {
    const before = setUp();
    await before.room.enterLobby();
    before.room.own()?.toggle('camera');
    before.room.join();
    before.session.enter(member('ann'));
    before.room.unload();
    const after = setUp();
    await after.room.open();
    expect(after.room.mode()).toBe('in');
    expect(after.parts.desk.asked).toEqual(['start microphone']);
    after.session.enter(member('ann'));
    after.room.leave();
    after.room.unload();
    const later = setUp();
    await later.room.open();
    expect([later.room.mode(), later.parts.desks]).toEqual(['out', []]);
  });

  it('releases the devices when one thinks better of it, leaves, or joined elsewhere', async () => {
    const { parts, room, session } = setUp();
    await room.enterLobby();
    room.leaveLobby();
    expect([room.mode(), parts.desk.asked.at(-1)]).toEqual(['out', 'close']);
    for (const end of [() => room.leave(), () => session.end('elsewhere')]) {
      await room.enterLobby();
      room.join();
      session.enter(member('ann'));
      end();
      expect([room.mode(), room.own(), parts.desk.asked.at(-1)]).toEqual(['out', undefined, 'close']);
    }
    expect(room.ended()).toBe('elsewhere');
  });

  it('remembers being muted and hidden for the next time', async () => {
    const before = setUp();
    await before.room.enterLobby();
    before.room.own()?.toggle('microphone');
    before.room.own()?.toggle('camera');
    before.room.hideAddress(true);
    const { parts, room } = setUp();
    await room.enterLobby();
    expect([room.own()?.own().microphone, room.own()?.own().camera, room.relayOnly()]).toEqual(['off', 'off', true]);
    expect(parts.desk.asked).toEqual(['start microphone']);
  });

  it('puts hands in the order in which they went up', async () => {
    const { room, session } = setUp();
    await room.open();
    session.members.next([
      member('ann', { handAt: '2026-11-03T10:00:05.000Z' }),
      member('ben'),
      member('cleo', { handAt: '2026-11-03T10:00:02.000Z' }),
    ]);
    expect([room.hands(), room.handIsUp()]).toEqual([['cleo', 'ann'], true]);
  });

  it('tells what happens', async () => {
    const { room, session } = setUp();
    const news: CallNews[] = [];
    room.news.subscribe((each) => news.push(each));
    await room.open();
    session.members.next([member('ben')]);
    session.reactions.next({ userId: 'ben', reaction: 'heart' });
    session.members.next([]);
    expect(news).toEqual([
      { kind: 'joined', userId: 'ben' },
      { kind: 'reaction', userId: 'ben', reaction: 'heart' },
      { kind: 'left', userId: 'ben' },
    ]);
  });

  it('takes the camera back when the call becomes audio only', async () => {
    const { parts, room, session } = setUp();
    await room.enterLobby();
    room.join();
    session.enter(member('ann'));
    session.audioOnly.next(true);
    TestBed.tick();
    expect(parts.desk.asked.at(-1)).toBe('stop camera');
    expect(session.told.at(-1)?.own.camera).toBe('off');
  });

  it('can be tried again when its code could not be loaded', async () => {
    const { room, session, fails } = setUp();
    fails.next = true;
    await room.open();
    expect(room.broken()).toBe(true);
    await room.enterLobby();
    expect([room.broken(), room.mode(), session.done]).toEqual([false, 'lobby', ['open']]);
  });

  it('leaves with its page', async () => {
    const { parts, room, session } = setUp();
    await room.enterLobby();
    room.join();
    session.enter(member('ann'));
    room.close();
    expect([session.done.at(-1), parts.desk.asked.at(-1)]).toEqual(['close', 'close']);
  });
});
