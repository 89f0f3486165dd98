import { newMessageId, ProtocolError, type Channel, type ChannelState, type TopicMessage } from '@parley/client';
import type { Json } from '@parley/protocol';
import { BehaviorSubject, combineLatest, distinctUntilChanged, type Subscription } from 'rxjs';
import * as Y from 'yjs';
import type { BoardActions } from '../actions';
import type { BoardStatus } from '../board-session';
import type { BoardKeep } from '../keep/board-keep';
import type { BoardState } from '../wire/board-state';
import { applyUpdate } from '../wire/merge-board';
import { readUpdate } from '../wire/read-update';
import { messagesOf } from '../wire/update-messages';
import { UpdateParts } from '../wire/update-parts';

/** The origin of everything that others did, or that was kept: the rest is done in this window. */
export const REMOTE = 'remote';

/** Updates under way at a time; what comes meanwhile becomes one. */
const UNDER_WAY = 4;
/** Bytes up to which changes that wait go as one update: a long absence comes in pieces. */
const BATCH_BYTES = 256 * 1024;
/** Milliseconds before what failed is tried again, at first and at most. */
const RETRY_MS = [1_000, 8_000] as const;

export interface BoardSyncOptions {
  readonly doc: Y.Doc;
  readonly channel: Channel<BoardActions>;
  /** `GET /api/exchanges/:id/board?after=…`; after 0 everything. */
  readonly fetchState: (after: number) => Promise<BoardState>;
  readonly keep: BoardKeep;
  /** Runs something with the next frame. Default: after 16 ms. */
  readonly soon?: (run: () => void) => void;
  /** Runs something later. Default: `setTimeout`. */
  readonly later?: (milliseconds: number, run: () => void) => () => void;
  /** What went wrong and does no harm now: it is tried again, or goes on in memory. */
  readonly report: (error: unknown) => void;
}

/** Own changes on their way. */
interface Batch {
  readonly update: Uint8Array;
  /** How many changes are in it. */
  readonly count: number;
  /** Under which it is kept; none where it could not be. */
  readonly keys: Promise<readonly number[]>;
}

/**
 * Brings a Yjs document and its topic together. What is done here goes out as stored messages, one a frame, and is kept until
 * each is acknowledged; what others do comes in; and on each joining of the topic the server is asked for what was missed.
 * Yjs takes updates in any order and any number of times, so nothing here depends on either.
 */
export class BoardSync {
  readonly status = new BehaviorSubject<BoardStatus>({ state: 'opening', queued: 0, canWrite: false, refused: false });
  readonly #options: Required<BoardSyncOptions>;
  readonly #parts = new UpdateParts();
  /** Ids of own messages under way. */
  readonly #own = new Set<string>();
  #subscription: Subscription | undefined;
  #fresh: Uint8Array[] = [];
  #waiting: Batch[] = [];
  #underWay = 0;
  /** Changes that are not acknowledged. */
  #queued = 0;
  /** Everything up to this stored message is in the document. */
  #seq = 0;
  #isOpen = false;
  #isTakenUp = false;
  #joined: ChannelState | undefined;
  #mayWrite = true;
  #canSend = false;
  #refused = false;
  #isDiscarded = false;
  #isSoon = false;
  /** Counts readings, so that one that was overtaken is known. */
  #reading = 0;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;
  #cancelSend: () => void = () => undefined;

  constructor(options: BoardSyncOptions) {
    this.#options = { soon: nextFrame, later: afterwards, ...options };
    const changed = (update: Uint8Array): void => this.#changed(update);
    // Yjs makes an update of every transaction while somebody listens: of what others did nobody needs one.
    options.doc.on('afterTransactionCleanup', ({ origin }: Y.Transaction) => {
      if (origin === REMOTE) options.doc.off('update', changed);
      else options.doc.on('update', changed);
    });
  }

  open(): void {
    if (this.#subscription !== undefined) return;
    const { channel } = this.#options;
    this.#subscription = channel.messages.subscribe((message) => this.#hear(message));
    this.#subscription.add(
      combineLatest([channel.state.pipe(distinctUntilChanged()), channel.allowed]).subscribe(([state, { store }]) =>
        this.#stands(state, store),
      ),
    );
    void this.#takeUp();
  }

  close(): void {
    this.#flush();
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#canSend = false;
    this.#reading += 1;
    this.#joined = undefined;
    this.#cancelRetry();
    this.#cancelSend();
  }

  /** Forgets what was not acknowledged. The document still has it: nothing else may be done with this one. */
  async discard(): Promise<void> {
    this.close();
    this.#isDiscarded = true;
    const waiting = this.#waiting.splice(0);
    this.#queued = 0;
    const keys = (await Promise.all(waiting.map((batch) => batch.keys))).flat();
    await this.#options.keep.remove(keys);
  }

  #stands(state: ChannelState, mayStore: boolean): void {
    const couldSend = this.#canSend;
    this.#canSend = state === 'joined' && mayStore;
    // Who may write again, or has another connection, tries again what was refused.
    if (this.#canSend && !couldSend) this.#refused = false;
    if (state === 'joined' && this.#joined !== state) void this.#read();
    this.#joined = state;
    this.#mayWrite = mayStore && state !== 'refused' && state !== 'revoked';
    this.#tell();
    this.#send();
  }

  /** What an earlier page of this user, or one that ended badly, did not get through. */
  async #takeUp(): Promise<void> {
    const { keep, doc, report } = this.#options;
    if (this.#isTakenUp) return;
    this.#isTakenUp = true;
    try {
      for (const { key, update } of await keep.read()) {
        if (!applyUpdate(doc, update, REMOTE)) continue;
        this.#waiting.push({ update, count: 1, keys: Promise.resolve([key]) });
        this.#queued += 1;
      }
    } catch (error) {
      report(error);
    }
    this.#tell();
    this.#send();
  }

  /** Asks the server for everything that is not here yet. */
  async #read(): Promise<void> {
    const { fetchState, doc, later, report } = this.#options;
    this.#cancelRetry();
    this.#reading += 1;
    const reading = this.#reading;
    try {
      const { seq, snapshot, tail } = await fetchState(this.#seq);
      if (reading !== this.#reading) return;
      doc.transact(() => {
        if (snapshot !== undefined) applyUpdate(doc, snapshot, REMOTE);
        for (const { userId, update, part } of tail) {
          const whole = part === undefined ? update : this.#parts.add(userId, part, update);
          if (whole !== undefined) applyUpdate(doc, whole, REMOTE);
        }
      }, REMOTE);
      this.#seq = Math.max(this.#seq, seq);
      this.#failures = 0;
      this.#isOpen = true;
    } catch (error) {
      if (reading !== this.#reading) return;
      report(error);
      this.#failures += 1;
      this.#cancelRetry = later(this.#wait, () => void this.#read());
    }
    this.#tell();
  }

  #hear(message: TopicMessage<BoardActions>): void {
    // Nobody checked it on the way.
    const read = message.action === 'board-update' ? readUpdate(message.payload as unknown as Json) : undefined;
    // What the server has compacted comes with a reading alone. Until one succeeds it is missing, and is asked for.
    if (read === 'compacted') return;
    if (message.seq === this.#seq + 1 && this.#isOpen) this.#seq += 1;
    if (read === undefined || (message.id !== undefined && this.#own.has(message.id))) return;
    const { update, part } = read;
    const whole = part === undefined ? update : this.#parts.add(message.userId ?? '', part, update);
    if (whole !== undefined) applyUpdate(this.#options.doc, whole, REMOTE);
  }

  #changed(update: Uint8Array): void {
    this.#fresh.push(update);
    this.#queued += 1;
    this.#tell();
    if (this.#isSoon) return;
    this.#isSoon = true;
    this.#options.soon(() => {
      this.#isSoon = false;
      this.#flush();
    });
  }

  /** What was done since the last frame becomes one update, and is kept. */
  #flush(): void {
    if (this.#fresh.length === 0) return;
    const count = this.#fresh.length;
    const update = Y.mergeUpdates(this.#fresh);
    this.#fresh = [];
    this.#waiting.push({ update, count, keys: this.#keep(update) });
    this.#send();
  }

  async #keep(update: Uint8Array): Promise<readonly number[]> {
    try {
      return [await this.#options.keep.add(update)];
    } catch (error) {
      this.#options.report(error);
      return [];
    }
  }

  #send(): void {
    while (this.#canSend && !this.#refused && this.#waiting.length > 0 && this.#underWay < UNDER_WAY) {
      const batches = this.#next();
      void this.#deliver({
        update: Y.mergeUpdates(batches.map(({ update }) => update)),
        count: batches.reduce((sum, { count }) => sum + count, 0),
        keys: Promise.all(batches.map(({ keys }) => keys)).then((keys) => keys.flat()),
      });
    }
  }

  /** Takes what goes next, at least one. */
  #next(): Batch[] {
    let bytes = 0;
    const over = this.#waiting.findIndex(({ update }) => (bytes += update.length) > BATCH_BYTES);
    return this.#waiting.splice(0, over === -1 ? this.#waiting.length : Math.max(1, over));
  }

  async #deliver(batch: Batch): Promise<void> {
    const { keep, later, report } = this.#options;
    this.#underWay += 1;
    try {
      await this.#store(batch.update);
      this.#queued -= batch.count;
      this.#failures = 0;
      this.#underWay -= 1;
      batch.keys.then((keys) => keep.remove(keys)).catch(report);
      this.#send();
    } catch (error) {
      this.#underWay -= 1;
      if (this.#isDiscarded) {
        batch.keys.then((keys) => keep.remove(keys)).catch(report);
        return;
      }
      this.#waiting.unshift(batch);
      if (isRefusal(error)) this.#refused = true;
      else {
        report(error);
        this.#failures += 1;
        this.#cancelSend();
        this.#cancelSend = later(this.#wait, () => this.#send());
      }
    }
    this.#tell();
  }

  async #store(update: Uint8Array): Promise<void> {
    const { channel } = this.#options;
    const messages = messagesOf(update, channel.topic).map((payload) => ({ payload, id: newMessageId() }));
    for (const { id } of messages) this.#own.add(id);
    try {
      await Promise.all(
        messages.map(({ payload, id }) => channel.storeMessage('board-update', payload, { id, keep: false })),
      );
    } finally {
      for (const { id } of messages) this.#own.delete(id);
    }
  }

  get #wait(): number {
    return Math.min(RETRY_MS[0] * 2 ** Math.max(0, this.#failures - 1), RETRY_MS[1]);
  }

  #tell(): void {
    this.status.next({
      state: this.#isOpen ? 'open' : this.#failures > 0 ? 'failed' : 'opening',
      queued: this.#queued,
      canWrite: this.#isOpen && this.#mayWrite,
      // What waits when one may write no more was too late as well.
      refused: this.#refused || (this.#joined === 'joined' && !this.#mayWrite && this.#queued > 0),
    });
  }
}

/** Whether trying again is pointless as long as nothing else changes. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProtocolError && ['forbidden', 'not-stored', 'too-large'].includes(error.code);
}

function nextFrame(run: () => void): void {
  setTimeout(run, 16);
}

function afterwards(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
