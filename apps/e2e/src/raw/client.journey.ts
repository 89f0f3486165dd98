import { SocketClient } from '@parley/client';
import { WebSocket } from 'ws';
import type { HttpPerson } from '../harness/http-person';
import { World } from '../harness/world';

const MESSAGES = 150;
const CUTS = 5;

interface TextActions {
  message: { number: number };
}

/** Our client, as a program uses it, with connections that a test can break. */
class CuttableClient {
  private readonly sockets: WebSocket[] = [];
  readonly client: SocketClient;

  constructor(person: HttpPerson) {
    this.client = new SocketClient({
      ticket: () => person.ticket(),
      url: person.server.socketUrl,
      backoff: { min: 1, max: 50 },
      webSocket: (url) => {
        const socket = new WebSocket(url, { perMessageDeflate: false });
        this.sockets.push(socket);
        return socket;
      },
    });
  }

  /** Ends the connection without a word, as a network does. */
  cut(): void {
    this.sockets.at(-1)?.terminate();
  }

  get connections(): number {
    return this.sockets.length;
  }
}

describe('the client against the real server', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start();
  });

  afterAll(() => world.stop());

  it('[C1] [C2] [P3] two people hear every stored message once and in order, although their connections break', async () => {
    const topic = await world.freshTopic();
    const ann = new CuttableClient(world.ann);
    const ben = new CuttableClient(world.ben);
    const heard = [ann, ben].map(({ client }) => {
      const seqs: number[] = [];
      const numbers: number[] = [];
      const all = new Promise<void>((resolve) => {
        client.channel<TextActions>(topic).messages.subscribe(({ seq, payload }) => {
          seqs.push(seq ?? Number.NaN);
          numbers.push(payload.number);
          if (numbers.includes(MESSAGES - 1)) resolve();
        });
      });
      return { seqs, numbers, all };
    });
    const channel = ann.client.channel<TextActions>(topic);
    const acks: Promise<{ seq?: number | undefined }>[] = [];
    for (let number = 0; number < MESSAGES; number += 1) {
      const ack = channel.storeMessage('message', { number });
      acks.push(ack);
      if (number % (MESSAGES / CUTS) === MESSAGES / CUTS - 1) {
        // Breaks with messages under way, and again only when this one got through.
        (number % 2 === 0 ? ben : ann).cut();
        ann.cut();
        await ack;
      }
    }
    const seqs = (await Promise.all(acks)).map(({ seq }) => seq);
    await Promise.all(heard.map(({ all }) => all));
    const expected = Array.from({ length: MESSAGES }, (_, index) => index + 1);
    expect(seqs).toEqual(expected);
    for (const { seqs: live, numbers } of heard) {
      expect(live).toEqual(expected);
      expect(numbers).toEqual(expected.map((seq) => seq - 1));
    }
    expect(ann.connections).toBeGreaterThan(CUTS);
    for (const { client } of [ann, ben]) client.disconnect();
  });
});
