import type { Channel } from '@parley/client';
import type { Participant } from '@parley/protocol';
import { BehaviorSubject, type Subscription } from 'rxjs';
import type { BoardActions } from '../actions';
import type { BoardLive, OtherLive } from '../board-session';
import type { LiveInk, LiveState } from './live-state';
import { readLive } from './read-live';

/** Milliseconds between two messages of one window: 30 a second. */
const PACE_MS = 33;
/** Milliseconds of silence after which somebody's pointer is no longer shown. */
const SILENT_MS = 10_000;
/** Points that each message repeats, for those who missed one: numbers in threes. */
const REPEATED = 16 * 3;
/** Numbers of one message's ink at most: below a payload's limit. */
const POINTS_MAX = 1_000 * 3;

export interface BoardLiveOptions {
  readonly channel: Channel<BoardActions>;
  /** This window's, whose own messages come back like everyone's. */
  readonly connectionId: () => string | undefined;
  /** Milliseconds, of a clock that only goes on. Default: `performance.now`. */
  readonly now?: () => number;
  readonly later?: (milliseconds: number, run: () => void) => () => void;
}

interface Heard extends OtherLive {
  readonly at: number;
}

/** What windows tell each other of themselves while it goes on: volatile messages, the latest of which counts (P5). */
export class BoardLiveHub implements BoardLive {
  readonly others = new BehaviorSubject<readonly OtherLive[]>([]);
  readonly #options: Required<BoardLiveOptions>;
  readonly #heard = new Map<string, Heard>();
  #subscription: Subscription | undefined;
  /** Who may only look: the server would ask the database about each message, and refuse it. */
  #mayTell = true;
  #wanted: LiveState | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;
  #cancelSend: (() => void) | undefined;
  #cancelSweep: (() => void) | undefined;
  /** Of the ink that is being drawn: how many numbers were sent. */
  #sent = { ink: '', numbers: 0 };

  constructor(options: BoardLiveOptions) {
    this.#options = { now: () => performance.now(), later: afterwards, ...options };
  }

  open(): void {
    if (this.#subscription !== undefined) return;
    const { channel } = this.#options;
    this.#subscription = channel.messages.subscribe((message) => {
      if (message.action === 'board-live') this.#hear(message.sender, message.userId, message.payload);
    });
    this.#subscription.add(channel.userList.subscribe((present) => this.#leave(present)));
    this.#subscription.add(channel.allowed.subscribe(({ publish }) => (this.#mayTell = publish)));
  }

  close(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#cancelSend?.();
    this.#cancelSweep?.();
    this.#cancelSend = this.#cancelSweep = this.#wanted = undefined;
    this.#heard.clear();
    this.others.next([]);
  }

  tell(live: LiveState): void {
    if (this.#subscription === undefined) return;
    this.#wanted = live;
    const wait = this.#sentAt + PACE_MS - this.#options.now();
    if (wait <= 0) this.#send();
    else this.#cancelSend ??= this.#options.later(wait, () => this.#send());
  }

  #send(): void {
    this.#cancelSend?.();
    this.#cancelSend = undefined;
    const live = this.#wanted;
    if (live === undefined || !this.#mayTell) return;
    this.#wanted = undefined;
    this.#sentAt = this.#options.now();
    const ink = live.ink && this.#shortened(live.ink);
    const state = { ...live, ...(ink && { ink }) };
    this.#options.channel.sendMessage('board-live', state, { volatile: true });
  }

  /** Only what is new, and some of what was there before. */
  #shortened(ink: LiveInk): LiveInk {
    const before = this.#sent.ink === ink.id ? this.#sent.numbers : 0;
    const from = Math.max(0, before - REPEATED, ink.points.length - POINTS_MAX);
    this.#sent = { ink: ink.id, numbers: ink.points.length };
    return { ...ink, from: from / 3, points: ink.points.slice(from).map((value) => Math.round(value * 100) / 100) };
  }

  #hear(sender: string | null, userId: string | undefined, payload: unknown): void {
    if (sender === null || userId === undefined || sender === this.#options.connectionId()) return;
    const live = readLive(payload);
    const before = this.#heard.get(sender);
    if (live === undefined) return;
    const ink = live.ink && joined(before?.live.ink, live.ink);
    const heard = { connectionId: sender, userId, at: this.#options.now(), live: { ...live, ...(ink && { ink }) } };
    this.#heard.set(sender, heard);
    this.#tell();
    this.#cancelSweep ??= this.#options.later(SILENT_MS, () => this.#sweep());
  }

  #leave(present: readonly Participant[]): void {
    const here = new Set(present.flatMap(({ connectionIds }) => connectionIds));
    const gone = [...this.#heard.keys()].filter((id) => !here.has(id));
    for (const id of gone) this.#heard.delete(id);
    if (gone.length > 0) this.#tell();
  }

  #sweep(): void {
    this.#cancelSweep = undefined;
    const oldest = this.#options.now() - SILENT_MS;
    for (const [id, { at }] of this.#heard) if (at <= oldest) this.#heard.delete(id);
    this.#tell();
    if (this.#heard.size > 0) this.#cancelSweep = this.#options.later(SILENT_MS / 4, () => this.#sweep());
  }

  #tell(): void {
    this.others.next(
      [...this.#heard.values()].map(({ connectionId, userId, live }) => ({ connectionId, userId, live })),
    );
  }
}

/** All points of a line that have come. Where some are missing it begins with those that are there. */
function joined(before: LiveInk | undefined, { from, points, ...ink }: LiveInk): LiveInk {
  const known = before?.id === ink.id && from >= before.from ? before : undefined;
  const kept = known === undefined ? 0 : (from - known.from) * 3;
  if (known === undefined || kept > known.points.length) return { ...ink, from, points };
  return { ...ink, from: known.from, points: [...known.points.slice(0, kept), ...points] };
}

function afterwards(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
