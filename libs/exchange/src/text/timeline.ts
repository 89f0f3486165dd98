import type { LoggedMessage } from './message-log';
import { noticeText, type Notice } from './notices';
import type { Delivery, Outgoing } from './outgoing';

export interface MessageRow {
  readonly kind: 'message';
  /** The same before and after delivery, so that the row stays the same element. */
  readonly key: string;
  /** Absent until the server has stored it. */
  readonly seq: number | undefined;
  readonly id: string | undefined;
  readonly userId: string;
  readonly own: boolean;
  readonly text: string;
  readonly at: number;
  /** Begins a group: shows who wrote and when. */
  readonly first: boolean;
  /** Ends a group. */
  readonly last: boolean;
  /** Absent once the message is part of the conversation. */
  readonly delivery: Delivery | undefined;
}

export interface DateRow {
  readonly kind: 'date';
  readonly key: string;
  /** Any instant of that day, in milliseconds since the epoch. */
  readonly at: number;
}

export interface NoticeRow {
  readonly kind: 'notice';
  readonly key: string;
  readonly text: string;
  readonly at: number;
}

export type TimelineRow = MessageRow | DateRow | NoticeRow;

/** Rows that are drawn, and skipped while out of sight, together. A message never moves from one chunk to another. */
export interface TimelineChunk {
  readonly key: number;
  readonly rows: readonly TimelineRow[];
}

export interface TimelineSource {
  readonly messages: readonly LoggedMessage[];
  readonly outgoing: readonly Outgoing[];
  readonly notices: readonly Notice[];
  /** The reader's own userId. */
  readonly me: string;
  readonly name: (userId: string) => string;
}

/** Messages of one person that follow each other within this time form a group; milliseconds. */
export const GROUP_GAP_MS = 5 * 60_000;

/** Stored messages in one chunk. */
export const CHUNK_MESSAGES = 50;

/** The key of a message, whether it is still on its way or stored: ids are unique per user and topic (P3). */
export function messageKey(message: { userId: string; id?: string | undefined; seq?: number | undefined }): string {
  return message.id === undefined ? `#${message.seq ?? 0}` : `${message.userId}:${message.id}`;
}

/**
 * What is shown, in order: stored messages by `seq`, notices where they happened, own messages that are still on their
 * way at the end, a date where a day begins.
 *
 * @param previous the timeline shown now: rows and chunks that did not change stay the same objects
 */
export function buildTimeline(
  source: TimelineSource,
  previous: readonly TimelineChunk[] = [],
): readonly TimelineChunk[] {
  const chunks = new Map<number, TimelineRow[]>();
  let chunk: TimelineRow[] = [];
  let day = NaN;
  const enterChunk = (seq: number): void => {
    const key = Math.floor((seq - 1) / CHUNK_MESSAGES);
    chunk = chunks.get(key) ?? [];
    chunks.set(key, chunk);
  };
  const entries = inOrder(source);
  for (const [index, entry] of entries.entries()) {
    const { key, at } = entry.row;
    // A notice stays with the message that it follows.
    if (entry.kind === 'message' || chunks.size === 0) enterChunk(entry.place);
    if (entry.day !== day) chunk.push({ kind: 'date', key: `day:${key}`, at });
    day = entry.day;
    if (entry.kind === 'notice') {
      chunk.push(entry.row);
      continue;
    }
    const [first, last] = [!continues(entries[index - 1], entry), !continues(entry, entries[index + 1])];
    chunk.push({ ...entry.row, first, last });
  }
  return keepSame(chunks, previous);
}

interface PlacedMessage {
  readonly kind: 'message';
  readonly day: number;
  /** Its `seq`, or the one that it will probably get. */
  readonly place: number;
  readonly row: Omit<MessageRow, 'first' | 'last'>;
}

interface PlacedNotice {
  readonly kind: 'notice';
  readonly day: number;
  readonly place: number;
  readonly row: NoticeRow;
}
type Entry = PlacedMessage | PlacedNotice;

function inOrder({ messages, outgoing, notices, me, name }: TimelineSource): readonly Entry[] {
  const entries: Entry[] = [];
  const dayOf = dayFinder();
  const lowest = messages[0]?.seq ?? 1;
  // What happened before the oldest message that is loaded has no place in the list.
  const placeable = notices.filter(({ afterSeq }) => afterSeq >= lowest - 1);
  let next = 0;
  const takeNotices = (before: number): void => {
    if (next === placeable.length) return;
    const run: Notice[] = [];
    for (let notice = placeable[next]; notice !== undefined && notice.afterSeq < before; notice = placeable[next]) {
      run.push(notice);
      next += 1;
    }
    const [first] = run;
    const text = noticeText(run, name);
    if (first === undefined || text === undefined) return;
    const row = { kind: 'notice', key: first.key, text, at: first.at } as const;
    entries.push({ kind: 'notice', day: dayOf(first.at), place: first.afterSeq + 1, row });
  };
  const stored = new Set<string>();
  for (const message of messages) {
    takeNotices(message.seq);
    const key = messageKey(message);
    const own = message.userId === me;
    if (own) stored.add(key);
    const row = { ...message, kind: 'message', key, own, delivery: undefined } as const;
    entries.push({ kind: 'message', day: dayOf(message.at), place: message.seq, row });
  }
  takeNotices(Infinity);
  let place = messages.at(-1)?.seq ?? 0;
  for (const message of outgoing) {
    const key = messageKey({ userId: me, id: message.id });
    // The broadcast can be here before the acknowledgement.
    if (stored.has(key)) continue;
    place += 1;
    const row = { ...message, kind: 'message', key, seq: undefined, userId: me, own: true } as const;
    entries.push({ kind: 'message', day: dayOf(message.at), place, row });
  }
  return entries;
}

function continues(before: Entry | undefined, after: Entry | undefined): boolean {
  if (before?.kind !== 'message' || after?.kind !== 'message') return false;
  return (
    before.row.userId === after.row.userId &&
    Math.abs(after.row.at - before.row.at) <= GROUP_GAP_MS &&
    before.day === after.day
  );
}

/** Says at which midnight, in the reader's zone, the day of an instant began. Neighbours mostly share their day. */
function dayFinder(): (at: number) => number {
  let begins = NaN;
  let ends = NaN;
  return (at) => {
    if (at >= begins && at < ends) return begins;
    begins = new Date(at).setHours(0, 0, 0, 0);
    ends = new Date(at).setHours(24, 0, 0, 0);
    return begins;
  };
}

function keepSame(
  chunks: ReadonlyMap<number, readonly TimelineRow[]>,
  previous: readonly TimelineChunk[],
): readonly TimelineChunk[] {
  const before = new Map(previous.map((chunk) => [chunk.key, chunk]));
  return [...chunks].map(([key, rows]) => {
    const old = before.get(key);
    if (old === undefined) return { key, rows };
    let byKey: ReadonlyMap<string, TimelineRow> | undefined;
    const kept = rows.map((row, index) => {
      const beside = old.rows[index];
      // Mostly nothing was put in between, and the old row is where the new one is.
      const oldRow =
        beside?.key === row.key ? beside : (byKey ??= new Map(old.rows.map((each) => [each.key, each]))).get(row.key);
      return oldRow !== undefined && sameFields(oldRow, row) ? oldRow : row;
    });
    return kept.length === old.rows.length && kept.every((row, index) => row === old.rows[index])
      ? old
      : { key, rows: kept };
  });
}

function sameFields(one: TimelineRow, other: TimelineRow): boolean {
  if (one.kind !== 'message' || other.kind !== 'message') {
    return one.kind === other.kind && one.at === other.at && textOf(one) === textOf(other);
  }
  return (
    one.seq === other.seq &&
    one.text === other.text &&
    one.at === other.at &&
    one.first === other.first &&
    one.last === other.last &&
    one.delivery === other.delivery
  );
}

function textOf(row: TimelineRow): string {
  return row.kind === 'date' ? '' : row.text;
}
