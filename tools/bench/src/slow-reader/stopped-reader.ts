import { SocketClient } from '@parley/client';
import type { HttpPerson } from '@parley/harness';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';

/** What became of someone who stopped reading. */
export interface Recovery {
  /** With what code the server ended the connection; undefined when it did not. */
  readonly closeCode: number | undefined;
  /** Stored messages that it saw, before and after. */
  readonly seen: number;
  /** Numbers missing between its first and the newest. */
  readonly missing: number;
  readonly twice: number;
  readonly disordered: number;
}

/** Longest wait for the newest message after reading on. */
const PATIENCE_MS = 60_000;

/** The real client on a socket that can stop reading. */
export class StoppedReader {
  private readonly seqs: number[] = [];
  private readonly client: SocketClient;
  private socket: WebSocket | undefined;

  private constructor(person: HttpPerson, topic: string) {
    this.client = new SocketClient({
      ticket: (resume) => person.ticket(resume),
      url: person.server.socketUrl,
      webSocket: (url) => (this.socket = new WebSocket(url, { perMessageDeflate: false })),
    });
    this.client.subscribe(topic).subscribe(({ seq }) => {
      if (seq !== undefined) this.seqs.push(seq);
    });
  }

  /** Resolves when it has joined. */
  static async join(person: HttpPerson, topic: string): Promise<StoppedReader> {
    const reader = new StoppedReader(person, topic);
    await firstValueFrom(reader.client.channel(topic).state.pipe(filter((state) => state === 'joined')));
    return reader;
  }

  /** @returns reads on, and resolves when it has seen the newest message, or has waited long enough */
  stopReading(): (newest: number) => Promise<Recovery> {
    const { socket } = this;
    if (socket === undefined) throw new Error('There is no socket.');
    socket.pause();
    return async (newest) => {
      const closed = once(socket, 'close').then(([code]) => code as number);
      socket.resume();
      const closeCode = await Promise.race([closed, delay(PATIENCE_MS).then(() => undefined)]);
      const deadline = performance.now() + PATIENCE_MS;
      while (this.seqs.at(-1) !== newest && performance.now() < deadline) await delay(20);
      return { closeCode, ...this.counted(newest) };
    };
  }

  leave(): void {
    this.client.disconnect();
  }

  private counted(newest: number): Omit<Recovery, 'closeCode'> {
    const unique = new Set(this.seqs);
    return {
      seen: this.seqs.length,
      missing: newest - (this.seqs[0] ?? newest) + 1 - unique.size,
      twice: this.seqs.length - unique.size,
      disordered: this.seqs.filter((seq, index) => seq < (this.seqs[index - 1] ?? 0)).length,
    };
  }
}
