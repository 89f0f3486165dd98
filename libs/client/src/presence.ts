import type { Participant } from '@parley/protocol';
import { BehaviorSubject, filter, Subject, type Observable } from 'rxjs';
import type { Clock } from './clock';

/** Milliseconds that people have to come back after a restart of the server, before they count as gone. */
const PATIENCE_MS = 10_000;

/** Who is in one topic (U1, U2). */
export class Presence {
  /** Emits once the server has said who is here, and is replayed. */
  readonly list: Observable<readonly Participant[]>;
  readonly came = new Subject<Participant>();
  readonly left = new Subject<Participant>();
  readonly #list = new BehaviorSubject<readonly Participant[] | undefined>(undefined);
  readonly #clock: Clock;
  #cancelPatience: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.list = this.#list.pipe(filter((list) => list !== undefined));
  }

  /**
   * The server's whole list. After a reconnect it also tells who came and who left meanwhile.
   *
   * @param restarted the server forgot who was here: they come back one by one, as we did, and stay on the list for a
   *   while, without connections
   */
  replace(list: readonly Participant[], restarted: boolean): void {
    this.#cancelPatience();
    const before = this.#list.value;
    const missing = (before ?? []).filter((participant) => !includes(list, participant));
    const expected = restarted ? missing.map((participant) => ({ ...participant, connectionIds: [] })) : [];
    this.#list.next([...list, ...expected]);
    if (before === undefined) return;
    if (expected.length > 0) this.#cancelPatience = this.#clock.after(PATIENCE_MS, () => this.#giveUp());
    else for (const participant of missing) this.left.next(participant);
    for (const participant of list) if (!includes(before, participant)) this.came.next(participant);
  }

  /** The connection is gone: whoever is missing on the next one's list left. */
  lost(): void {
    this.#cancelPatience();
  }

  /** Someone came, or someone who is here has other connections than before. */
  put(participant: Participant): void {
    const before = this.#list.value ?? [];
    const known = includes(before, participant);
    this.#list.next(
      known
        ? before.map((each) => (each.userId === participant.userId ? participant : each))
        : [...before, participant],
    );
    if (!known) this.came.next(participant);
  }

  remove(participant: Participant): void {
    const before = this.#list.value ?? [];
    if (!includes(before, participant)) return;
    this.#list.next(before.filter(({ userId }) => userId !== participant.userId));
    this.left.next(participant);
  }

  reset(): void {
    this.#cancelPatience();
    this.#list.next(undefined);
  }

  #giveUp(): void {
    const gone = (this.#list.value ?? []).filter(({ connectionIds }) => connectionIds.length === 0);
    for (const participant of gone) this.remove(participant);
  }
}

function includes(list: readonly Participant[], { userId }: Participant): boolean {
  return list.some((each) => each.userId === userId);
}
