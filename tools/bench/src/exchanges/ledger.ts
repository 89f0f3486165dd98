import { Latencies } from './latencies';
import type { Hearing, Seat } from './venue';

/** What must not be; all are 0 in a run that counts. */
export interface Wrongs {
  /** Cursors of another exchange. */
  readonly astray: number;
  /** Cursors that came after a newer one, or again. */
  readonly disordered: number;
  /** Chat messages that did not come to someone who should see them, … */
  readonly missing: number;
  /** … that came to them more than once, or to someone else, … */
  readonly twice: number;
  /** … or that were not acknowledged, or more than once. */
  readonly misacknowledged: number;
}

export interface LedgerOptions {
  readonly exchanges: number;
  readonly people: number;
  /** The most cursors that are sent in one exchange. */
  readonly cursors: number;
}

interface Chat {
  readonly exchange: number;
  readonly sentAt: number;
  /** Whether it was sent in the time that counts. */
  readonly counts: boolean;
  /** How often each place of the exchange has heard it. */
  readonly heard: Uint8Array;
  acks: number;
}

/** Cursors from one call of {@link Ledger.between} to the next. */
const BETWEEN = 16;

/** What was sent and what arrived, by one clock. */
export class Ledger {
  readonly cursorLatencies: Latencies;
  readonly chatLatencies = new Latencies();
  readonly ackLatencies = new Latencies();
  /** Messages that arrived in the time that counts, acks not among them. */
  deliveries = 0;
  /** Cursors that were due at all seats in the time that counts, and those of them that came. */
  cursorsDue = 0;
  cursorsCame = 0;
  readonly troubles: string[] = [];
  /** Called now and then while cursors come in: a loop with thousands of sockets to read reaches no timer for long. */
  between: () => void = () => undefined;
  private cursorsHeard = 0;
  private readonly chats = new Map<string, Chat>();
  private readonly sentAt: Float64Array;
  private readonly newest: Int32Array;
  /** The first cursor of each exchange that counts. */
  private readonly firstCounting: Int32Array;
  private counting = false;
  private astray = 0;
  private disordered = 0;
  private unknown = 0;

  constructor(private readonly options: LedgerOptions) {
    const { exchanges, people, cursors } = options;
    this.cursorLatencies = new Latencies(exchanges * people * cursors);
    this.sentAt = new Float64Array(exchanges * cursors);
    this.newest = new Int32Array(exchanges * people).fill(-1);
    this.firstCounting = new Int32Array(exchanges).fill(cursors);
  }

  /** From now on it counts: the warm-up is over. */
  begin(): void {
    this.counting = true;
  }

  /** What arrives from now on is late and still part of the checks, and of the latencies. */
  end(): void {
    this.counting = false;
  }

  cursorSent({ exchange }: Seat, number: number): void {
    this.sentAt[exchange * this.options.cursors + number] = performance.now();
    if (!this.counting) return;
    if (number < (this.firstCounting[exchange] ?? 0)) this.firstCounting[exchange] = number;
    this.cursorsDue += this.options.people;
  }

  chatSent({ exchange }: Seat, id: string): void {
    const heard = new Uint8Array(this.options.people);
    this.chats.set(id, { exchange, sentAt: performance.now(), counts: this.counting, heard, acks: 0 });
  }

  /** What someone at this seat hears. */
  hearing(seat: Seat): Hearing {
    const { people, cursors } = this.options;
    const index = seat.exchange * people + seat.place;
    return {
      cursor: (number, exchange) => {
        this.cursorsHeard += 1;
        if (this.cursorsHeard % BETWEEN === 0) this.between();
        const now = performance.now();
        if (this.counting) this.deliveries += 1;
        if (exchange !== seat.exchange) this.astray += 1;
        else if (number <= (this.newest[index] ?? 0)) this.disordered += 1;
        else {
          this.newest[index] = number;
          if (number < (this.firstCounting[exchange] ?? 0)) return;
          this.cursorsCame += 1;
          this.cursorLatencies.add(now - (this.sentAt[exchange * cursors + number] ?? Number.NaN));
        }
      },
      chat: (id) => {
        if (this.counting) this.deliveries += 1;
        const chat = this.chats.get(id);
        if (chat?.exchange !== seat.exchange) this.unknown += 1;
        else {
          chat.heard[seat.place] = (chat.heard[seat.place] ?? 0) + 1;
          if (chat.counts) this.chatLatencies.add(performance.now() - chat.sentAt);
        }
      },
      ack: (id) => {
        const chat = this.chats.get(id);
        if (chat === undefined) this.unknown += 1;
        else {
          chat.acks += 1;
          if (chat.counts) this.ackLatencies.add(performance.now() - chat.sentAt);
        }
      },
      trouble: (what) => this.troubles.push(what),
    };
  }

  get chatsSent(): number {
    return this.chats.size;
  }

  /** Whether everything that must arrive has arrived, and so have the cursors. */
  get complete(): boolean {
    const { missing, misacknowledged } = this.wrongs();
    return missing + misacknowledged === 0 && this.cursorsCame >= this.cursorsDue;
  }

  wrongs(): Wrongs {
    let [missing, twice, misacknowledged] = [0, this.unknown, 0];
    for (const { heard, acks } of this.chats.values()) {
      if (acks !== 1) misacknowledged += 1;
      for (const times of heard) {
        if (times === 0) missing += 1;
        else if (times > 1) twice += 1;
      }
    }
    return { astray: this.astray, disordered: this.disordered, missing, twice, misacknowledged };
  }
}
