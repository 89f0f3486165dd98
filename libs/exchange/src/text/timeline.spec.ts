import fc from 'fast-check';
import type { LoggedMessage } from './message-log';
import type { Notice } from './notices';
import type { Outgoing } from './outgoing';
import { buildTimeline, GROUP_GAP_MS, type MessageRow, type TimelineChunk, type TimelineSource } from './timeline';

const start = new Date(2026, 10, 3, 10, 0).getTime();
const people: Record<string, string> = { ann: 'Ann', ben: 'Ben', cleo: 'café 👩‍👩‍👧 日本語' };

function stored(seq: number, userId = 'ann', at = start + seq * 1000): LoggedMessage {
  return { seq, id: `id-${seq}`, userId, text: `text ${seq}`, at };
}

function sending(id: string, at = start + 999_000): Outgoing {
  return { id, text: `text ${id}`, at, delivery: { state: 'sending' } };
}

function notice(userId: string, change: Notice['change'], afterSeq: number, key = `${userId}-${change}`): Notice {
  return { key, userId, change, afterSeq, at: start };
}

function timeline(source: Partial<TimelineSource>, previous?: readonly TimelineChunk[]): readonly TimelineChunk[] {
  const name = (userId: string): string => people[userId] ?? 'Someone';
  return buildTimeline({ messages: [], outgoing: [], notices: [], me: 'ann', name, ...source }, previous);
}

function rows(chunks: readonly TimelineChunk[]): string[] {
  return chunks.flatMap((chunk) =>
    chunk.rows.map((row) => (row.kind === 'message' ? row.text : row.kind === 'notice' ? row.text : '—')),
  );
}

function messageRows(chunks: readonly TimelineChunk[]): MessageRow[] {
  return chunks.flatMap((chunk) => chunk.rows.filter((row) => row.kind === 'message'));
}

describe('timeline', () => {
  it('begins each day with its date', () => {
    const nextDay = new Date(2026, 10, 4, 0, 1).getTime();
    const beforeMidnight = nextDay - 2 * 60_000;
    expect(rows(timeline({ messages: [stored(1, 'ben', beforeMidnight), stored(2, 'ben', nextDay)] }))).toEqual([
      '—',
      'text 1',
      '—',
      'text 2',
    ]);
  });

  it('groups what one person writes within five minutes, and not across midnight, a notice or another person', () => {
    const nextDay = new Date(2026, 10, 4, 0, 1).getTime();
    const grouped = messageRows(
      timeline({
        messages: [
          stored(1, 'ben', start),
          stored(2, 'ben', start + GROUP_GAP_MS),
          stored(3, 'ben', start + 2 * GROUP_GAP_MS + 1),
          stored(4, 'ann', start + 2 * GROUP_GAP_MS + 2),
          stored(5, 'ann', start + 2 * GROUP_GAP_MS + 3),
          stored(6, 'ben', nextDay - 120_000),
          stored(7, 'ben', nextDay),
        ],
        notices: [notice('cleo', 'joined', 4)],
      }),
    );
    expect(grouped.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it('keeps pending messages at the end, in the order in which they were written', () => {
    const shown = timeline({ messages: [stored(1)], outgoing: [sending('a'), sending('b')] });
    expect(rows(shown)).toEqual(['—', 'text 1', 'text a', 'text b']);
    expect(rows(timeline({ messages: [stored(1), stored(2)], outgoing: [sending('a')] })).at(-1)).toBe('text a');
  });

  it('[P3] shows a message once when its broadcast is here before its acknowledgement, in the same row', () => {
    const before = timeline({ messages: [stored(1)], outgoing: [sending('a')] });
    const broadcast: LoggedMessage = { seq: 2, id: 'a', userId: 'ann', text: 'text a', at: start + 2000 };
    const after = timeline({ messages: [stored(1), broadcast], outgoing: [sending('a')] }, before);
    expect(rows(after)).toEqual(['—', 'text 1', 'text a']);
    expect(messageRows(after).at(-1)?.key).toBe(messageRows(before).at(-1)?.key);
  });

  it('does not take the same id of another person for its own', () => {
    const other: LoggedMessage = { seq: 2, id: 'a', userId: 'ben', text: 'from ben', at: start };
    expect(rows(timeline({ messages: [other], outgoing: [sending('a')] }))).toEqual(['—', 'from ben', 'text a']);
  });

  it('says in one line who came and went between two messages', () => {
    const shown = timeline({
      messages: [stored(1), stored(2)],
      notices: [notice('ben', 'joined', 1), notice('cleo', 'joined', 1), notice('ben', 'left', 2)],
    });
    expect(rows(shown)).toEqual(['—', 'text 1', 'Ben and café 👩‍👩‍👧 日本語 joined', 'text 2', 'Ben left']);
  });

  it('says nothing of someone who was back before anyone wrote', () => {
    expect(
      rows(timeline({ messages: [stored(1)], notices: [notice('ben', 'left', 1), notice('ben', 'joined', 1)] })),
    ).toEqual(['—', 'text 1']);
    expect(
      rows(timeline({ messages: [stored(1)], notices: [notice('ben', 'joined', 1), notice('ben', 'left', 1)] })),
    ).toEqual(['—', 'text 1', 'Ben joined and left']);
  });

  it('shows notices in a conversation without messages, and none from before what is loaded', () => {
    expect(rows(timeline({ notices: [notice('ben', 'joined', 0)] }))).toEqual(['—', 'Ben joined']);
    expect(rows(timeline({ messages: [stored(8)], notices: [notice('ben', 'joined', 3)] }))).toEqual(['—', 'text 8']);
  });

  it('leaves what did not change alone: older pages and new messages redraw their own chunks only', () => {
    const before = timeline({ messages: range(120, 260) });
    const after = timeline({ messages: range(20, 261), outgoing: [sending('a')] }, before);
    const byKey = new Map(after.map((chunk) => [chunk.key, chunk]));
    const same = before.filter((chunk) => byKey.get(chunk.key) === chunk).map(({ key }) => key);
    expect(same).toEqual([3, 4]);
    expect(timeline({ messages: range(20, 261), outgoing: after.length > 0 ? [sending('b')] : [] }, after)[1]).toBe(
      after[1],
    );
  });

  it('lists every stored message once, by seq, in chunks that never exchange one', () => {
    const source = fc.record({
      from: fc.integer({ min: 1, max: 300 }),
      count: fc.integer({ min: 0, max: 250 }),
      older: fc.integer({ min: 0, max: 120 }),
      outgoing: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 5 }),
      authors: fc.array(fc.constantFrom('ann', 'ben', 'cleo'), { minLength: 1, maxLength: 7 }),
    });
    fc.assert(
      fc.property(source, ({ from, count, older, outgoing, authors }) => {
        const author = (seq: number): string => authors[seq % authors.length] ?? 'ann';
        const messages = range(from, from + count - 1, author);
        const sendings = outgoing.map((id) => sending(id));
        const before = timeline({ messages, outgoing: sendings });
        const all = [...range(Math.max(1, from - older), from - 1, author), ...messages];
        const after = timeline({ messages: all, outgoing: sendings }, before);
        expect(messageRows(after).map(({ seq }) => seq)).toEqual([
          ...all.map(({ seq }) => seq),
          ...outgoing.map(() => undefined),
        ]);
        const chunkOf = new Map(after.flatMap(({ key, rows }) => rows.map((row) => [row.key, key] as const)));
        for (const chunk of before) {
          for (const row of chunk.rows) {
            if (row.kind === 'message' && row.seq !== undefined) expect(chunkOf.get(row.key)).toBe(chunk.key);
          }
        }
        const keys = after.flatMap((chunk) => chunk.rows.map((row) => row.key));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});

function range(from: number, to: number, author = (seq: number): string => (seq % 3 === 0 ? 'ben' : 'ann')) {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => stored(from + index, author(from + index)));
}
