import type { Participant } from '@parley/protocol';
import { BehaviorSubject, filter, Subject, type Observable } from 'rxjs';

/** Who is in one topic (U1, U2). */
export class Presence {
  /** Emits once the server has said who is here, and is replayed. */
  readonly list: Observable<readonly Participant[]>;
  readonly came = new Subject<Participant>();
  readonly left = new Subject<Participant>();
  readonly #list = new BehaviorSubject<readonly Participant[] | undefined>(undefined);

  constructor() {
    this.list = this.#list.pipe(filter((list) => list !== undefined));
  }

  /** The server's whole list. After a reconnect it also tells who came and who left meanwhile. */
  replace(list: readonly Participant[]): void {
    const before = this.#list.value;
    this.#list.next(list);
    if (before === undefined) return;
    for (const participant of before) if (!includes(list, participant)) this.left.next(participant);
    for (const participant of list) if (!includes(before, participant)) this.came.next(participant);
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
    this.#list.next(undefined);
  }
}

function includes(list: readonly Participant[], { userId }: Participant): boolean {
  return list.some((each) => each.userId === userId);
}
