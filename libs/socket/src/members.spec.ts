import { defaultLimits } from '@parley/protocol';
import fc from 'fast-check';
import { Connection } from './connection';
import { Members } from './members';
import { Flusher, Outbox } from './outbox';
import { FakeSocket } from './testing/fake-socket';

/** Bytes past which a socket wants to be drained. */
const MARK = 100;

const flusher = new Flusher();
const closed: number[] = [];
const OPEN = 1 as const;
const CLOSING = 2;
const openSocket = () => ({
  readyState: OPEN as 1 | 2,
  OPEN: OPEN as typeof OPEN,
  close: (code: number) => void closed.push(code),
  resume: () => undefined,
  terminate: () => undefined,
});

/** One reader, and what it is to have got. */
class Reader {
  readonly socket = new FakeSocket(MARK);
  readonly webSocket = openSocket();
  readonly connection: Connection;
  readonly due: string[] = [];
  isMember = false;
  /** What waits while it is held back. */
  waiting: string[] | undefined;
  release: (() => void) | undefined;

  constructor(
    readonly name: string,
    limit: number,
  ) {
    const outbox = new Outbox(this.socket, flusher, limit);
    const principal = { userId: name, name, sessionId: name };
    this.connection = new Connection(name, principal, this.webSocket, outbox, defaultLimits);
  }

  get got(): readonly string[] {
    return this.socket.writes.join('').split('\n').slice(0, -1);
  }

  expects(text: string): void {
    if (this.isMember) (this.waiting ?? this.due).push(text);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
/** More than are looked at before the first of them is written to. */
const COUNT = 20;
const who = fc.nat({ max: COUNT - 1 });
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('tell' as const), bytes: fc.constantFrom(10, 200, 30_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('large' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('some' as const), some: fc.array(who, { maxLength: 4 }) }) },
  ...(['alone', 'join', 'leave', 'hold', 'release', 'stall', 'read'] as const).map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind), who }),
  })),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
);

describe('Members', () => {
  it('[P6] [L2] [S6] gives everyone the same frames in the same order, with whatever else they get between them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
        const members = new Members(flusher, 100_000_000);
        const readers = Array.from({ length: COUNT }, (_, index) => new Reader(`reader-${index}`, 100_000_000));
        const at = (index: number): Reader => {
          const reader = readers[index];
          if (reader === undefined) throw new Error(`There is no reader ${index}.`);
          return reader;
        };
        for (const reader of readers.slice(0, 18)) {
          reader.isMember = true;
          members.add(reader.connection);
        }
        let number = 0;
        const next = (bytes: number): string => `${(number += 1)} `.padEnd(bytes - 1, '.');
        const frameOf = (text: string): Buffer => Buffer.from(`${text}\n`);
        for (const each of steps) {
          if (each.kind === 'turn') await turn();
          else if (each.kind === 'tell' || each.kind === 'large') {
            const text = next(each.kind === 'tell' ? each.bytes : 70_000);
            for (const reader of readers) reader.expects(text);
            members.tell(frameOf(text));
          } else if (each.kind === 'some') {
            const text = next(20);
            for (const index of new Set(each.some)) at(index).expects(text);
            members.tellOnly(
              each.some.map((index) => at(index).name),
              frameOf(text),
            );
          } else {
            const reader = at(each.who);
            if (each.kind === 'alone') {
              const text = next(20);
              reader.due.push(text);
              reader.connection.send(frameOf(text));
            } else if (each.kind === 'join' && !reader.isMember) {
              reader.isMember = true;
              members.add(reader.connection);
            } else if (each.kind === 'leave' && reader.isMember) {
              reader.isMember = false;
              reader.waiting = reader.release = undefined;
              members.remove(reader.connection);
            } else if (each.kind === 'hold' && reader.isMember && reader.release === undefined) {
              reader.waiting = [];
              reader.release = members.hold(reader.connection);
            } else if (each.kind === 'release' && reader.release !== undefined) {
              reader.due.push(...(reader.waiting ?? []));
              reader.waiting = undefined;
              reader.release();
              reader.release = undefined;
            } else if (each.kind === 'stall') reader.socket.stall();
            else if (each.kind === 'read') reader.socket.readOn();
          }
        }
        for (const reader of readers) reader.socket.readOn();
        for (let turns = 0; turns < 3; turns += 1) await turn();
        for (const reader of readers) expect(reader.got).toEqual(reader.due);
      }),
      { numRuns: 150 },
    );
  });

  it('[P5] [L2] lets volatile frames replace each other for whoever is behind, and for nobody else', async () => {
    const members = new Members(flusher, 1_000_000);
    const readers = Array.from({ length: 9 }, (_, index) => new Reader(`reader-${index}`, 1_000_000));
    for (const { connection } of readers) members.add(connection);
    const [slow, ...others] = readers as [Reader, ...Reader[]];
    slow.socket.stall();
    slow.connection.send(Buffer.from(`${'x'.repeat(200)}\n`));
    await turn();
    for (let number = 1; number <= 50; number += 1) {
      members.tell(Buffer.from(`cursor ${number}\n`), 'room/text:1 ann cursor');
      if (number % 10 === 0) await turn();
    }
    members.tell(Buffer.from('note\n'));
    await turn();
    slow.socket.readOn();
    for (let turns = 0; turns < 3; turns += 1) await turn();
    expect(slow.got.slice(1)).toEqual(['note', 'cursor 50']);
    const all = [...Array.from({ length: 50 }, (_, index) => `cursor ${index + 1}`), 'note'];
    for (const { got } of others) expect(got).toEqual(all);
  });

  it('[L2] costs each reader one write a tick, however much was said, and all of them the memory of one', async () => {
    const members = new Members(flusher, 1_000_000);
    const readers = Array.from({ length: 9 }, (_, index) => new Reader(`reader-${index}`, 1_000_000));
    for (const { connection } of readers) members.add(connection);
    for (let number = 0; number < 100; number += 1) members.tell(Buffer.from(`café ${number} 日本語\n`));
    expect(readers.map(({ socket }) => socket.writes.length)).toEqual(readers.map(() => 0));
    await turn();
    expect(readers.map(({ socket }) => socket.writes.length)).toEqual(readers.map(() => 1));
    const [first] = readers.map(({ socket }) => socket.chunks.at(-1));
    for (const { socket } of readers) {
      expect(socket.chunks.at(-1)?.buffer).toBe(first?.buffer);
      expect(socket.chunks.at(-1)?.byteOffset).toBe(first?.byteOffset);
    }
    expect(readers.map(({ connection }) => connection.queuedBytes)).toEqual(readers.map(() => 0));
  });

  it('[L4] tells whoever is sent away what was said before, and nothing behind the goodbye', async () => {
    const members = new Members(flusher, 1_000_000);
    const readers = Array.from({ length: 9 }, (_, index) => new Reader(`reader-${index}`, 1_000_000));
    for (const { connection } of readers) members.add(connection);
    const [leaving, gone, saidGoodbye, ...others] = readers as [Reader, Reader, Reader, ...Reader[]];
    gone.connection.close(4401, 'The session ended.');
    // Its close frame was answered, while the socket has something to write yet.
    saidGoodbye.webSocket.readyState = CLOSING;
    members.tell(Buffer.from('before\n'));
    leaving.connection.close(4401, 'The session ended.');
    expect(leaving.got).toEqual(['before']);
    members.tell(Buffer.from('after\n'));
    await turn();
    expect(leaving.got).toEqual(['before']);
    expect(gone.got).toEqual([]);
    expect(saidGoodbye.got).toEqual([]);
    for (const { got } of others) expect(got).toEqual(['before', 'after']);
  });

  it('[L2] sends a reader away for whom too much waits, and nobody else', async () => {
    const members = new Members(flusher, 1_000_000);
    const readers = Array.from({ length: 9 }, (_, index) => new Reader(`reader-${index}`, 300_000));
    for (const { connection } of readers) members.add(connection);
    const [slow, ...others] = readers as [Reader, ...Reader[]];
    closed.length = 0;
    slow.socket.stall();
    for (let number = 0; number < 60; number += 1) {
      members.tell(Buffer.from(`${'x'.repeat(9_999)}\n`));
      if (number % 5 === 0) await turn();
    }
    await turn();
    expect(closed).toEqual([4408]);
    expect(slow.connection.open).toBe(false);
    for (const { got } of others) expect(got).toHaveLength(60);
  });
});
