import type { Ledger } from './ledger';
import type { Guest, Seat } from './venue';

/** What people do in their exchanges. */
export interface TrafficOptions {
  readonly exchanges: number;
  readonly people: number;
  /** Cursors a second in each exchange, all from one of its people. */
  readonly cursorsPerSecond: number;
  /** Seconds between two messages of one exchange's text; everyone speaks in turn. */
  readonly chatEvery: number;
}

/**
 * Sends what is due, evenly spread: the exchanges take turns, as people who know nothing of each other would. What is
 * late because this process is late is sent at once and measured from then; how late it was shows in {@link latest}.
 */
export class Traffic {
  /** The longest that something was sent after it was due, in milliseconds. */
  latest = 0;
  private timer: NodeJS.Timeout | undefined;
  private started = 0;
  private cursors = 0;
  private chats = 0;

  constructor(
    private readonly options: TrafficOptions,
    /** By exchange and place. */
    private readonly guests: readonly (readonly Guest[])[],
    private readonly ledger: Ledger,
  ) {}

  start(): void {
    this.started = performance.now();
    this.send();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private send(): void {
    this.sendDue();
    this.timer = setTimeout(() => this.send(), 1);
  }

  /** Also to be called while much is read, so that what is due is not sent in one burst afterwards. */
  sendDue(): void {
    const { exchanges, people, cursorsPerSecond, chatEvery } = this.options;
    const elapsed = performance.now() - this.started;
    const cursorEvery = 1_000 / (cursorsPerSecond * exchanges);
    for (; this.cursors * cursorEvery <= elapsed; this.cursors += 1) {
      this.latest = Math.max(this.latest, performance.now() - this.started - this.cursors * cursorEvery);
      const exchange = this.cursors % exchanges;
      const number = Math.floor(this.cursors / exchanges);
      const seat: Seat = { exchange, place: exchange % people };
      this.ledger.cursorSent(seat, number);
      this.guests[exchange]?.[seat.place]?.cursor(number);
    }
    const everyChat = (1_000 * chatEvery) / exchanges;
    for (; this.chats * everyChat <= elapsed; this.chats += 1) {
      const exchange = this.chats % exchanges;
      const round = Math.floor(this.chats / exchanges);
      const seat: Seat = { exchange, place: (exchange + round) % people };
      const id = `chat-${exchange}-${round}`;
      this.ledger.chatSent(seat, id);
      this.guests[exchange]?.[seat.place]?.chat(id);
    }
  }
}
