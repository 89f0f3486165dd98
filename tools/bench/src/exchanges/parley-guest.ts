import type { ServerFrame } from '@parley/protocol';
import { RawSocket } from '../load';
import { cursorPayload, readCursor } from './cursor-text';
import type { Arrival, Guest } from './venue';

export interface ParleyArrival extends Arrival {
  /** Where the socket is opened, with the ticket. */
  readonly url: string;
  /** The full names of the topics, whiteboard and text under their features. */
  readonly topics: { readonly all: readonly string[]; readonly text: string; readonly whiteboard: string };
}

/** A page of ours, without the page: what it would send, and what it would have to read. */
export class ParleyGuest implements Guest {
  private readonly asked = new Set<string>();
  private joined: (() => void) | undefined;
  private refused: ((error: Error) => void) | undefined;
  private leaving = false;

  private constructor(
    private readonly socket: RawSocket,
    private readonly arrival: ParleyArrival,
  ) {
    socket.onFrame = (frame) => {
      if (!readCursor(frame, arrival.hearing.cursor)) this.read(frame);
    };
    void socket.closed.then((how) => {
      const error = new Error(`The connection ended with ${String(how)}.`);
      this.refused?.(error);
      if (!this.leaving) arrival.hearing.trouble(error.message);
    });
  }

  static async open(arrival: ParleyArrival): Promise<ParleyGuest> {
    const guest = new ParleyGuest(await RawSocket.open(arrival.url), arrival);
    await guest.subscribe();
    return guest;
  }

  cursor(number: number): void {
    const { seat, topics } = this.arrival;
    const payload = cursorPayload(number, seat.exchange);
    this.socket.send(`{"action":"board-live","topic":"${topics.whiteboard}","volatile":true,"payload":${payload}}`);
  }

  chat(id: string): void {
    const { topics } = this.arrival;
    this.socket.send(
      `{"action":"message","topic":"${topics.text}","store":true,"id":"${id}","payload":{"text":"See you there, café 日本語"}}`,
    );
  }

  async leave(): Promise<void> {
    this.leaving = true;
    await this.socket.close();
  }

  private subscribe(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.joined = resolve;
      this.refused = reject;
      for (const topic of this.arrival.topics.all) {
        this.asked.add(topic);
        this.socket.send(JSON.stringify({ action: 'subscribe', topic, payload: null, id: `in-${this.asked.size}` }));
      }
    });
  }

  private read(bytes: Buffer): void {
    const { hearing } = this.arrival;
    const { type, topic = '', id, payload } = JSON.parse(bytes.toString('utf8')) as ServerFrame<{ id?: string } | null>;
    switch (type) {
      case 'ping':
        this.socket.send('{"action":"pong"}');
        break;
      case 'message':
        hearing.chat(id ?? '');
        break;
      case 'ack':
        hearing.ack(payload?.id ?? '');
        break;
      case 'subscribe':
        if (this.asked.delete(topic) && this.asked.size === 0) this.joined?.();
        break;
      case 'subscriber':
      case 'unsubscriber':
        break;
      default:
        hearing.trouble(bytes.toString('utf8'));
        this.refused?.(new Error(bytes.toString('utf8')));
    }
  }
}
