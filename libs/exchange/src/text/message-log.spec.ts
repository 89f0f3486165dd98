import fc from 'fast-check';
import {
  addMessage,
  addPage,
  addUnreadable,
  emptyLog,
  forgetBelowGap,
  lastSeq,
  newestGap,
  olderThan,
  reachesBeginning,
  type LoggedMessage,
  type MessageLog,
} from './message-log';

function message(seq: number): LoggedMessage {
  return { seq, id: `id-${seq}`, userId: 'ann', text: `café 👩‍👩‍👧 日本語 ${seq}`, at: seq * 1000 };
}

function page(from: number, to: number): Parameters<typeof addPage>[1] {
  return {
    messages: Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index)),
    from,
    to,
  };
}

function seqs(log: MessageLog): number[] {
  return log.messages.map(({ seq }) => seq);
}

/** Any order of any pages and live messages, overlapping and repeated. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('live' as const), seq: fc.integer({ min: 1, max: 60 }) }),
    fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 20 }))
      .map(([from, length]) => ({ kind: 'page' as const, from, to: from + length })),
  ),
  { maxLength: 40 },
);

function apply(log: MessageLog, step: { kind: 'live'; seq: number } | { kind: 'page'; from: number; to: number }) {
  return step.kind === 'live' ? addMessage(log, message(step.seq)) : addPage(log, page(step.from, step.to));
}

describe('message log', () => {
  it('[H1] gives each seq once and ascending, however pages and live messages interleave', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const log = all.reduce(apply, emptyLog);
        const expected = new Set(
          all.flatMap((step) =>
            step.kind === 'live' ? [step.seq] : page(step.from, step.to).messages.map((m) => m.seq),
          ),
        );
        expect(seqs(log)).toEqual([...expected].sort((one, other) => one - other));
      }),
    );
  });

  it('knows exactly the spans that it was given, and names the newest hole', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const log = all.reduce(apply, emptyLog);
        const known = new Set(seqs(log));
        const covered = log.spans.flatMap(({ from, to }) => page(from, to).messages.map(({ seq }) => seq));
        expect(covered).toEqual([...known]);
        const gap = newestGap(log);
        if (gap === undefined) expect(log.spans.length).toBeLessThan(2);
        else {
          expect(gap.missing).toBeGreaterThan(0);
          expect(known.has(gap.before)).toBe(true);
          for (let back = 1; back <= gap.missing; back += 1) expect(known.has(gap.before - back)).toBe(false);
          expect(known.has(gap.before - gap.missing - 1)).toBe(true);
        }
      }),
    );
  });

  it('keeps the objects that it knows, so that what is on the screen is not drawn again', () => {
    const first = addPage(emptyLog, page(3, 5));
    const kept = first.messages;
    expect(
      addPage(first, page(1, 6))
        .messages.slice(2, 5)
        .every((entry, index) => entry === kept[index]),
    ).toBe(true);
  });

  it('closes a hole with the page below it', () => {
    const holed = addMessage(addPage(emptyLog, page(1, 3)), message(7));
    expect(newestGap(holed)).toEqual({ before: 7, missing: 3 });
    expect(newestGap(addPage(holed, page(4, 6)))).toBeUndefined();
  });

  it('forgets what lies below a hole that is too large to fill', () => {
    const holed = addPage(addPage(emptyLog, page(1, 3)), page(1000, 1001));
    const log = forgetBelowGap(holed);
    expect(seqs(log)).toEqual([1000, 1001]);
    expect(olderThan(log)).toBe(1000);
    expect(reachesBeginning(log)).toBe(false);
  });

  it('tells an empty conversation from one that is not loaded', () => {
    expect(reachesBeginning(emptyLog)).toBe(false);
    const empty = addPage(emptyLog, page(1, 0));
    expect(reachesBeginning(empty)).toBe(true);
    expect(olderThan(empty)).toBeUndefined();
    expect(newestGap(addMessage(empty, message(1)))).toBeUndefined();
    expect(lastSeq(empty)).toBe(0);
  });

  it('lets a message that it cannot read take its place without showing it', () => {
    const log = addMessage(addUnreadable(addPage(emptyLog, page(1, 1)), 2), message(3));
    expect(seqs(log)).toEqual([1, 3]);
    expect(newestGap(log)).toBeUndefined();
  });
});
