import { SignedOutError, SocketClient } from '@parley/client';
import type { HttpPerson } from '@parley/harness';
import { drainingPayload, serverFrame, ticket, type Ticket } from '@parley/protocol';
import { filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';

/** One ask for a ticket. */
export interface TicketAsked {
  /** `performance.now()` when it was sent. */
  readonly at: number;
  /** The HTTP status; undefined when nobody answered. */
  readonly status: number | undefined;
}

/** The real client of someone who comes back when the server says so. */
export class Returner {
  readonly asked: TicketAsked[] = [];
  /** What the server told last (L4): when, and the milliseconds that it named. */
  told: { readonly at: number; readonly reconnectIn: number } | undefined;
  /** With what code the first socket was closed that ended since this was cleared. */
  closeCode: number | undefined;
  /** When it had joined its topic last. */
  joinedAt = 0;
  readonly acknowledged: string[] = [];
  private isJoined = false;
  private readonly client: SocketClient;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly person: HttpPerson,
    private readonly topic: string,
    private readonly name: string,
    backoffMax: number,
  ) {
    this.client = new SocketClient({
      backoff: { min: Math.min(500, backoffMax), max: backoffMax },
      url: person.server.socketUrl,
      ticket: (resume) => this.ticket(resume),
      webSocket: (url) => this.open(url),
    });
    this.client.channel(topic).state.subscribe((state) => {
      this.isJoined = state === 'joined';
      if (this.isJoined) this.joinedAt = performance.now();
    });
  }

  /** Resolves when it has joined for the first time. */
  async join(): Promise<void> {
    this.client.subscribe(this.topic).subscribe();
    await firstValueFrom(this.client.channel(this.topic).state.pipe(filter((state) => state === 'joined')));
  }

  /** Whether it is in its topic, on a connection younger than this moment. */
  isBackSince(moment: number): boolean {
    return this.isJoined && this.joinedAt > moment;
  }

  /** Stores a message every so many milliseconds. */
  write(everyMs: number): void {
    let number = 0;
    this.timer = setInterval(() => {
      number += 1;
      const id = `${this.name}-${number}`;
      // What the client gives up is not acknowledged, and only that counts here.
      void this.client.transmit(true, 'message', this.topic, { number }, { id }).then(
        () => this.acknowledged.push(id),
        () => undefined,
      );
    }, everyMs);
  }

  stopWriting(): void {
    clearInterval(this.timer);
  }

  leave(): void {
    this.stopWriting();
    this.client.disconnect();
  }

  private async ticket(resume: string | undefined): Promise<Ticket> {
    const at = performance.now();
    const noted = (status: number | undefined): void => void this.asked.push({ at, status });
    const { status, body } = await this.person
      .request('POST', '/api/ticket', resume === undefined ? {} : { resume })
      .catch((error: unknown) => {
        noted(undefined);
        throw error;
      });
    noted(status);
    if (status === 401) throw new SignedOutError();
    if (status >= 300) throw new Error(`The server gave no ticket: HTTP status ${status}.`);
    return ticket.parse(body);
  }

  private open(url: string): WebSocket {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('error', () => undefined);
    socket.on('close', (code) => (this.closeCode ??= code));
    socket.on('message', (data: Buffer) => {
      if (!data.toString('latin1', 0, 24).startsWith('{"type":"drain"')) return;
      const { payload } = serverFrame.parse(JSON.parse(data.toString('utf8')));
      this.told = { at: performance.now(), reconnectIn: drainingPayload.parse(payload).reconnectIn };
    });
    return socket;
  }
}
