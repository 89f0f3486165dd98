import type { HttpPerson } from '@parley/harness';
import { BenchSocket } from '../stack/bench-socket';

/** About a kilobyte, so that what nobody reads fills the buffers of the system within seconds. */
const TEXT = 'See you there, café 日本語. '.repeat(32);

/** Stores at a steady rate, as far as the timers allow; what it hears is dropped unread, except for acks. */
export class Publisher {
  acknowledged = 0;
  private timer: NodeJS.Timeout | undefined;
  private number = 0;

  private constructor(
    private readonly socket: BenchSocket,
    private readonly topic: string,
    private readonly name: string,
  ) {
    socket.ignored = '{"type":"message"';
    socket.onFrame = ({ type, payload }) => {
      if (type === 'ack') this.acknowledged += 1;
      if (type === 'error') throw new Error(`A publisher was refused: ${JSON.stringify(payload)}`);
    };
  }

  static async open(person: HttpPerson, topic: string, name: string): Promise<Publisher> {
    const socket = await BenchSocket.open(person);
    await socket.subscribe(topic);
    return new Publisher(socket, topic, name);
  }

  start(perSecond: number): void {
    const started = performance.now();
    let due = 0;
    this.timer = setInterval(() => {
      const expected = ((performance.now() - started) / 1000) * perSecond;
      for (; due < expected; due += 1) this.publish();
    }, 1000 / perSecond);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Resolves when everything that was sent has been handled. */
  async settled(): Promise<void> {
    await this.socket.ask({ action: 'ping' });
  }

  async close(): Promise<void> {
    this.stop();
    await this.socket.close();
  }

  private publish(): void {
    this.number += 1;
    const payload = { text: TEXT, at: performance.now() };
    this.socket.send({
      action: 'message',
      topic: this.topic,
      store: true,
      id: `${this.name}-${this.number}`,
      payload,
    });
  }
}
