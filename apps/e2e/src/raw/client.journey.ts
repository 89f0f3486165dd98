import { SocketClient, type Channel } from '@parley/client';
import { once } from 'node:events';
import { filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import { type HttpPerson } from '@parley/harness';
import { World } from '@parley/harness/world';

const ROUNDS = 5;
const MESSAGES_A_ROUND = 30;
const MESSAGES = ROUNDS * MESSAGES_A_ROUND;

interface TextActions {
  message: { number: number };
}

/** Our client, as a program uses it, with connections that a test can break. */
class CuttableClient {
  readonly client: SocketClient;
  private readonly sockets: WebSocket[] = [];
  private breaksNext = false;

  constructor(person: HttpPerson) {
    this.client = new SocketClient({
      ticket: () => person.ticket(),
      url: person.server.socketUrl,
      backoff: { min: 1, max: 50 },
      webSocket: (url) => {
        const socket = new WebSocket(url, { perMessageDeflate: false });
        this.sockets.push(socket);
        if (this.breaksNext) socket.terminate();
        this.breaksNext = false;
        return socket;
      },
    });
  }

  /** Ends the connection without a word, as a network does, and the one after it while that is being made. */
  async cut(): Promise<void> {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('There is no connection to cut.');
    this.breaksNext = true;
    const closed = once(socket, 'close');
    socket.terminate();
    await closed;
  }

  get connections(): number {
    return this.sockets.length;
  }
}

/** What someone hears, from now on, and when they have heard the last message. */
function listen(channel: Channel<TextActions>) {
  const seqs: (number | undefined)[] = [];
  const numbers: number[] = [];
  const last = new Promise<void>((resolve) => {
    channel.messages.subscribe(({ seq, payload }) => {
      seqs.push(seq);
      numbers.push(payload.number);
      if (payload.number === MESSAGES - 1) resolve();
    });
  });
  return { seqs, numbers, last };
}

describe('the client against the real server', () => {
  let world: World;
  let ann: CuttableClient;
  let ben: CuttableClient;

  beforeAll(async () => {
    world = await World.start();
    ann = new CuttableClient(world.ann);
    ben = new CuttableClient(world.ben);
  });

  afterAll(async () => {
    // First, and whatever failed: a client that is left alone goes on connecting for ever.
    for (const each of [ann, ben]) each.client.disconnect();
    await world.stop();
  });

  it('[C1] [C2] [P3] two people hear every stored message once and in order, although their connections break', async () => {
    const topic = await world.freshTopic();
    const channels = [ann, ben].map(({ client }) => client.channel<TextActions>(topic));
    const heard = channels.map(listen);
    const joined = () =>
      Promise.all(channels.map((each) => firstValueFrom(each.state.pipe(filter((state) => state === 'joined')))));
    const acks: Promise<{ seq?: number | undefined }>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await joined();
      for (let count = 0; count < MESSAGES_A_ROUND; count += 1) {
        const writer = ann.client.channel<TextActions>(topic);
        acks.push(writer.storeMessage('message', { number: acks.length }));
      }
      // With all of them under way.
      await Promise.all([ann.cut(), ben.cut()]);
    }
    const seqs = (await Promise.all(acks)).map(({ seq }) => seq);
    await Promise.all(heard.map(({ last }) => last));
    const expected = Array.from({ length: MESSAGES }, (_, index) => index + 1);
    expect(seqs).toEqual(expected);
    for (const each of heard) {
      expect(each.seqs).toEqual(expected);
      expect(each.numbers).toEqual(expected.map((seq) => seq - 1));
    }
    for (const { connections } of [ann, ben]) expect(connections).toBeGreaterThan(2 * ROUNDS);
  });
});
