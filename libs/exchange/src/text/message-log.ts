/** One stored message of the topic, as the list shows it. */
export interface LoggedMessage {
  /** Its place among the topic's stored messages, from 1, without gaps. */
  readonly seq: number;
  /** Chosen by its author's client (P3); absent when that client chose none. */
  readonly id: string | undefined;
  readonly userId: string;
  readonly text: string;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly at: number;
}

/** Every `seq` from `from` to `to`, both included, is known. An empty span `{ from: 1, to: 0 }` is an empty topic. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What is known of a topic's stored messages. `seq` has no gaps (H1), so whatever lies between two spans is missing
 * here and exists there; a message with an unreadable payload takes its place in a span and is not listed.
 */
export interface MessageLog {
  /** Ascending by `seq`, each `seq` once. */
  readonly messages: readonly LoggedMessage[];
  /** Ascending, apart from each other by at least one unknown `seq`. */
  readonly spans: readonly Span[];
}

export const emptyLog: MessageLog = { messages: [], spans: [] };

/** One page of history (H1): everything from `from` up to `to`. */
export interface LogPage {
  readonly messages: readonly LoggedMessage[];
  /** Lowest `seq` that the page covers; 1 when nothing is older. */
  readonly from: number;
  /** Highest `seq` that the page covers; less than `from` when the topic is empty. */
  readonly to: number;
}

/** Adds a page, wherever it belongs; what is known already stays the same object. */
export function addPage(log: MessageLog, page: LogPage): MessageLog {
  return { messages: mergeMessages(log.messages, page.messages), spans: mergeSpan(log.spans, page) };
}

/** Adds a live message, in whatever order it comes. */
export function addMessage(log: MessageLog, message: LoggedMessage): MessageLog {
  return addPage(log, { messages: [message], from: message.seq, to: message.seq });
}

/** Marks a `seq` as known without anything to show for it. */
export function addUnreadable(log: MessageLog, seq: number): MessageLog {
  return addPage(log, { messages: [], from: seq, to: seq });
}

/** True when the first message of the conversation is known, or that there is none. */
export function reachesBeginning(log: MessageLog): boolean {
  return log.spans[0]?.from === 1;
}

/** The `before` with which the next older page is asked for; undefined before the first page and at the beginning. */
export function olderThan(log: MessageLog): number | undefined {
  const lowest = log.spans[0];
  return lowest === undefined || lowest.from === 1 ? undefined : lowest.from;
}

/** The newest hole: which `seq`s are missing between two known ones. */
export function newestGap(log: MessageLog): { readonly before: number; readonly missing: number } | undefined {
  const above = log.spans.at(-1);
  const below = log.spans.at(-2);
  if (above === undefined || below === undefined) return undefined;
  return { before: above.from, missing: above.from - below.to - 1 };
}

/** Highest known `seq`; 0 when none is known. */
export function lastSeq(log: MessageLog): number {
  return log.spans.at(-1)?.to ?? 0;
}

/** Keeps what lies above the newest hole; the rest is loaded again when someone scrolls there. */
export function forgetBelowGap(log: MessageLog): MessageLog {
  const above = log.spans.at(-1);
  if (above === undefined || log.spans.length < 2) return log;
  return { messages: log.messages.filter((message) => message.seq >= above.from), spans: [above] };
}

function mergeMessages(known: readonly LoggedMessage[], added: readonly LoggedMessage[]): readonly LoggedMessage[] {
  const last = known.at(-1)?.seq ?? 0;
  const fresh = [...added].sort((one, other) => one.seq - other.seq);
  // The usual case by far: something new at the end.
  if (fresh.every((message, index) => message.seq > (fresh[index - 1]?.seq ?? last))) {
    return fresh.length === 0 ? known : [...known, ...fresh];
  }
  const merged: LoggedMessage[] = [];
  let next = 0;
  for (const message of known) {
    next = takeBelow(fresh, next, message.seq, merged);
    merged.push(message);
  }
  takeBelow(fresh, next, Infinity, merged);
  return merged;
}

/** Moves what is below `limit` from `source` to `target`, each `seq` once; returns where it stopped. */
function takeBelow(source: readonly LoggedMessage[], from: number, limit: number, target: LoggedMessage[]): number {
  let next = from;
  for (let message = source[next]; message !== undefined && message.seq < limit; message = source[next]) {
    if (target.at(-1)?.seq !== message.seq) target.push(message);
    next += 1;
  }
  return next;
}

function mergeSpan(spans: readonly Span[], added: Span): readonly Span[] {
  const apart: Span[] = [];
  let { from, to } = added;
  for (const span of spans) {
    if (span.to + 1 < from || to + 1 < span.from) apart.push(span);
    else {
      from = Math.min(from, span.from);
      to = Math.max(to, span.to);
    }
  }
  return [...apart, { from, to }].sort((one, other) => one.from - other.from);
}
