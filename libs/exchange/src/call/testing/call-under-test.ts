import { Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { participantColour } from '@parley/protocol';
import type { Person } from '../../person/person';
import { CallRoom } from '../call-room';
import { ReloadMark } from '../reload-mark';
import { FakeParts } from './fake-media';
import { type FakeSession, member } from './fake-session';

const names: Readonly<Record<string, string>> = { ann: 'Ann', ben: 'Ben café 👩‍👩‍👧 日本語', cleo: 'Cleo' };

export function person(userId: string): Person {
  return { userId, name: names[userId] ?? userId, colour: participantColour(userId) };
}

export interface CallUnderTest {
  readonly room: CallRoom;
  readonly parts: FakeParts;
  readonly session: FakeSession;
}

/** Ann’s call, with its lobby open. */
export async function lobby(
  answers: FakeParts['answers'] = { microphone: 'on', camera: 'on' },
): Promise<CallUnderTest> {
  const parts = new FakeParts();
  Object.assign(parts.answers, answers);
  const room = new CallRoom({
    me: 'ann',
    load: () => Promise.resolve(parts),
    connect: () => parts.session,
    reload: new ReloadMark('exchange/call:1', undefined, false),
    injector: TestBed.inject(Injector),
  });
  await room.enterLobby();
  return { room, parts, session: parts.session };
}

/** Ann’s call, with her in it. */
export async function call(answers?: FakeParts['answers']): Promise<CallUnderTest> {
  const under = await lobby(answers);
  under.room.join();
  under.session.enter(member('ann'));
  return under;
}
