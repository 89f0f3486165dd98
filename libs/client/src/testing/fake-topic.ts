import {
  participantColour,
  type Ack,
  type DecodedFrame,
  type Participant,
  type Position,
  type ServerFrame,
} from '@parley/protocol';
import type { Clock } from '../clock';
import type { FakeConnection } from './fake-connection';

/** One topic of the fake server: its members, its stored messages and what it can replay. */
export class FakeTopic {
  readonly name: string;
  /** Every stored message, from seq 1. Survives a restart. */
  readonly stored: ServerFrame[] = [];
  /** Every message taken, in that order, repeats left out. */
  readonly taken: ServerFrame[] = [];
  readonly members = new Set<FakeConnection>();
  /** Connections that ended uncleanly and still count as present (U3), by id. */
  readonly #lingering = new Map<string, FakeConnection>();
  readonly #clock: Clock;
  readonly #window: number;
  readonly #storedAcks = new Map<string, Ack>();
  #acks = new Map<string, Ack>();
  #epoch = 1;
  #live: ServerFrame[] = [];

  /** @param window messages that can be replayed (H2); 0 for a server that never recovers */
  constructor(name: string, clock: Clock, window: number) {
    this.name = name;
    this.#clock = clock;
    this.#window = window;
  }

  get participants(): Participant[] {
    const users = new Map(this.#present.map(({ user }) => [user.userId, user]));
    return [...users.values()].map(({ userId }) => this.#participant(userId));
  }

  join(member: FakeConnection, since: Position | undefined, id: string | undefined): void {
    if (!this.members.has(member)) {
      this.members.add(member);
      // Whoever resumes a connection was never away (T4).
      if (!this.#lingering.delete(member.id)) this.#tellOthers(member, 'subscriber');
    }
    const epoch = `epoch-${this.#epoch}`;
    const offset = this.#live.length;
    const recovered = since?.epoch === epoch && since.offset <= offset && offset - since.offset <= this.#window;
    const about = { topic: this.name, ...(id === undefined ? {} : { id }) };
    const participants = this.participants.map((each) => ({ ...each }));
    member.tell('subscribe', { epoch, offset, recovered, participants }, about);
    if (recovered) for (const frame of this.#live.slice(since.offset)) member.deliver(frame);
  }

  leave(member: FakeConnection): void {
    const wasHere = this.members.delete(member) || this.#lingering.get(member.id) === member;
    if (this.#lingering.get(member.id) === member) this.#lingering.delete(member.id);
    if (wasHere) this.#tellOthers(member, this.#isHere(member) ? 'subscriber' : 'unsubscriber');
  }

  /** It ended uncleanly: it hears nothing more, and counts as present until it leaves or another resumes it. */
  linger(member: FakeConnection): void {
    if (this.members.delete(member)) this.#lingering.set(member.id, member);
  }

  publish(member: FakeConnection, { action, store, volatile, to, id, payload }: DecodedFrame): void {
    const key = id === undefined ? undefined : `${member.user.userId} ${id}`;
    const first = key === undefined ? undefined : (this.#storedAcks.get(key) ?? this.#acks.get(key));
    if (first !== undefined) {
      member.tell('ack', { ...first }, { topic: this.name, id: first.id });
      return;
    }
    const hasPlace = !volatile && to === undefined;
    const frame: ServerFrame = {
      type: action,
      topic: this.name,
      sender: member.id,
      userId: member.user.userId,
      store,
      timestamp: new Date(this.#clock.now()).toISOString(),
      payload,
      ...(hasPlace ? { offset: this.#live.length + 1 } : {}),
      ...(store ? { seq: this.stored.length + 1 } : {}),
      ...(id === undefined ? {} : { id }),
    };
    if (hasPlace) this.#live.push(frame);
    if (store) this.stored.push(withoutOffset(frame));
    this.taken.push(frame);
    for (const each of this.members) if (to === undefined || to.includes(each.id)) each.deliver(frame);
    if (key === undefined || id === undefined) return;
    const { timestamp, offset, seq } = frame;
    const ack = { id, timestamp, ...(offset === undefined ? {} : { offset }), ...(seq === undefined ? {} : { seq }) };
    (store ? this.#storedAcks : this.#acks).set(key, ack);
    member.tell('ack', ack, { topic: this.name, id });
  }

  page(before: number | undefined, limit: number): { messages: ServerFrame[]; more: boolean } {
    const below = this.stored.filter(({ seq = 0 }) => before === undefined || seq < before);
    return { messages: below.slice(-limit), more: below.length > limit };
  }

  /** The server's memory is gone; what was stored is not. */
  restart(): void {
    this.#epoch += 1;
    this.#live = [];
    this.#acks = new Map();
    // Their offsets were those of another epoch (P3).
    for (const [key, ack] of this.#storedAcks) this.#storedAcks.set(key, withoutOffset(ack));
    this.members.clear();
    this.#lingering.clear();
  }

  get #present(): FakeConnection[] {
    return [...this.members, ...this.#lingering.values()];
  }

  #isHere({ user }: FakeConnection): boolean {
    return this.#present.some((member) => member.user.userId === user.userId);
  }

  #participant(userId: string): Participant {
    const mine = this.#present.filter(({ user }) => user.userId === userId);
    const name = mine[0]?.user.name ?? '';
    return { userId, name, colour: participantColour(userId), connectionIds: mine.map(({ id }) => id) };
  }

  #tellOthers(member: FakeConnection, type: string): void {
    const participant = { ...this.#participant(member.user.userId), name: member.user.name };
    for (const each of this.members) if (each !== member) each.tell(type, participant, { topic: this.name });
  }
}

function withoutOffset<T extends { readonly offset?: number }>({ offset: _offset, ...rest }: T): Omit<T, 'offset'> {
  return rest;
}
