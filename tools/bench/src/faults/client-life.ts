import {
  keepIn,
  SignedOutError,
  SocketClient,
  systemClock,
  type Clock,
  type SocketClientOptions,
  type StorageLike,
  type WebSocketLike,
} from '@parley/client';
import type { FaultProxy, HttpPerson } from '@parley/harness';
import { isCustomAction, ticket, type Ticket } from '@parley/protocol';
import { combineLatest, Subscription } from 'rxjs';
import { WebSocket } from 'ws';
import type { Heard, Life, Seen } from './check';
import { WireTap } from './wire-tap';

export interface LifeOptions {
  readonly person: HttpPerson;
  /** The way to the server, of this client alone. */
  readonly proxy: FaultProxy;
  readonly topic: string;
  /** Nobody has said anything in the topic yet. */
  readonly fromStart: boolean;
  readonly client: Pick<SocketClientOptions, 'backoff'>;
  /** What outlives the page. */
  readonly storage: StorageLike;
  /** Every ack that comes over the wire. */
  readonly acknowledged: (id: string, seq: number | undefined) => void;
}

/** The real client from its start until it is thrown away, as a page that is closed throws it away. */
export class ClientLife implements Life {
  readonly seen: Seen[] = [];
  readonly heard: Heard[] = [];
  readonly client: SocketClient;
  toEnd = true;
  /** Connected, joined, and nothing waits. */
  isBack = false;
  /** What the client says of itself. */
  standing = '';
  /** The client has given up: it says `signed-out` or `closed`. */
  gaveUp: string | undefined;
  /** Asked for, whether given or not. */
  tickets = 0;
  private socket: WebSocket | undefined;
  private readonly timers = new Set<() => void>();
  private readonly watching = new Subscription();

  constructor(private readonly options: LifeOptions) {
    const { person, proxy, topic, client, storage } = options;
    this.client = new SocketClient({
      ...client,
      url: proxy.socketUrl,
      ticket: (resume) => this.ticket(resume),
      webSocket: (url) => this.open(url),
      clock: this.clock,
      keep: keepIn(storage),
    });
    this.client.identify(person.userId);
    this.watching.add(
      this.client.subscribe(topic).subscribe(({ type, id, seq, payload }) => {
        if (isCustomAction(type)) this.seen.push({ id: id ?? '', seq, said: saidIn(payload) });
      }),
    );
    this.watching.add(
      combineLatest([this.client.status$, this.client.channel(topic).state]).subscribe(
        ([{ state, queued }, joined]) => {
          this.standing = `${state}, ${joined}, ${queued} queued`;
          this.isBack = state === 'connected' && joined === 'joined' && queued === 0;
          if (state === 'signed-out' || state === 'closed') this.gaveUp = state;
          if (joined === 'refused' || joined === 'revoked') this.gaveUp = joined;
        },
      ),
    );
  }

  get fromStart(): boolean {
    return this.options.fromStart;
  }

  /** Like closing the page: nothing of it runs any more, and nobody is told. */
  throwAway(): void {
    this.toEnd = false;
    this.watching.unsubscribe();
    for (const cancel of this.timers) cancel();
    this.socket?.terminate();
  }

  /** The system's clock, whose timers end with the page. */
  private readonly clock: Clock = {
    now: () => systemClock.now(),
    after: (ms, run) => {
      if (!this.toEnd) return () => undefined;
      const cancel = systemClock.after(ms, () => {
        this.timers.delete(cancel);
        run();
      });
      this.timers.add(cancel);
      return () => {
        this.timers.delete(cancel);
        cancel();
      };
    },
  };

  private async ticket(resume: string | undefined): Promise<Ticket> {
    this.tickets += 1;
    const { person } = this.options;
    const { status, body } = await person.request('POST', '/api/ticket', resume === undefined ? {} : { resume });
    if (status === 401) throw new SignedOutError();
    if (status >= 300) throw new Error(`The server gave no ticket: HTTP status ${status}.`);
    if (!this.toEnd) throw new Error('The page is gone.');
    return ticket.parse(body);
  }

  /** A socket on which everything that comes is noted before the client has it. */
  private open(url: string): WebSocketLike {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    // The client listens in its own way; this only keeps an unheard error from ending the process.
    socket.on('error', () => undefined);
    const tap = new WireTap(this.heard, this.options.acknowledged);
    socket.on('message', (data: Buffer) => tap.received(data.toString('utf8')));
    this.socket = socket;
    return {
      addEventListener: socket.addEventListener.bind(socket),
      send: (text) => {
        tap.sent(text);
        socket.send(text);
      },
      close: (code, reason) => socket.close(code, reason),
    };
  }
}

/** What a message of the bench says, which only its writer decides. */
function saidIn(payload: unknown): string {
  return (payload as { said?: string } | null)?.said ?? '';
}
