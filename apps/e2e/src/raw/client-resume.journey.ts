import { keepIn, SocketClient } from '@parley/client';
import { MemoryStorage } from '@parley/client/testing';
import { type HttpPerson } from '@parley/harness';
import { World } from '@parley/harness/world';
import { session } from '@parley/protocol';
import { filter, firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';

const cafe = 'café 👩‍👩‍👧 日本語';

interface TextActions {
  message: { text: string };
}

/** A page of someone's tab, with a socket that a test can cut. */
class TabPage {
  readonly client: SocketClient;
  private readonly sockets: WebSocket[] = [];

  constructor(person: HttpPerson, storage = new MemoryStorage()) {
    this.client = new SocketClient({
      ticket: (resume) => person.ticket(resume),
      url: person.server.socketUrl,
      keep: keepIn(storage),
      backoff: { min: 300, max: 1_000 },
      webSocket: (url) => {
        const socket = new WebSocket(url, { perMessageDeflate: false });
        this.sockets.push(socket);
        return socket;
      },
    });
  }

  channel(topic: string) {
    return this.client.channel<TextActions>(topic);
  }

  /** Ends the connection without a word, as a network does; resolves before the next one is there. */
  async cut(): Promise<void> {
    this.sockets.at(-1)?.terminate();
    await firstValueFrom(this.client.connected$.pipe(filter((connected) => !connected)));
  }
}

describe('the client and connections that end, against the real server', () => {
  let world: World;
  let ben: TabPage;
  const pages: TabPage[] = [];
  const open = (person: HttpPerson, storage?: MemoryStorage): TabPage => {
    const page = new TabPage(person, storage);
    pages.push(page);
    return page;
  };

  beforeAll(async () => {
    world = await World.start();
    ben = open(world.ben);
  });

  afterAll(async () => {
    for (const { client } of pages) client.disconnect();
    await world.stop();
  });

  it('[T4] [U3] [H2] resumes under its name, unseen, and is given everything that it missed', async () => {
    const topic = await world.freshTopic();
    const ann = open(world.ann);
    const names: unknown[] = [];
    ann.client.connectionId$.subscribe((name) => names.push(name));
    const recovered: unknown[] = [];
    ann.client.subscribe(topic).subscribe(({ type, payload }) => {
      if (type === 'subscribe' && typeof payload === 'object' && payload !== null && 'recovered' in payload) {
        recovered.push(payload.recovered);
      }
    });
    const heard: string[] = [];
    ann.channel(topic).messages.subscribe(({ payload }) => heard.push(payload.text));
    const seen: string[] = [];
    ben.channel(topic).unsubscriber.subscribe(({ name }) => seen.push(name));
    const expected = ['before'];
    await ann.channel(topic).storeMessage('message', { text: 'before' });
    for (const round of [1, 2, 3]) {
      await ann.cut();
      await ben.channel(topic).storeMessage('message', { text: `kept ${round}` });
      await ben.channel(topic).sendMessage('message', { text: `not kept ${round}, ${cafe}` });
      await ann.channel(topic).storeMessage('message', { text: `mine ${round}` });
      expected.push(`kept ${round}`, `not kept ${round}, ${cafe}`, `mine ${round}`);
    }
    expect(heard).toEqual(expected);
    expect(names).toEqual([undefined, expect.any(String)]);
    expect(recovered).toEqual([false, true, true, true]);
    expect(seen).toEqual([]);
  });

  it('[C2] [P3] sends after a reload what the page before it could not', async () => {
    const topic = await world.freshTopic();
    const { user } = await world.ann.expect(session, 'GET', '/api/session');
    const storage = new MemoryStorage();
    const before = open(world.ann, storage);
    before.client.identify(user.id);
    await before.channel(topic).storeMessage('message', { text: 'before' });
    await before.cut();
    const waiting = ['one', cafe, 'three'];
    for (const text of waiting) void before.channel(topic).storeMessage('message', { text });
    before.client.disconnect();
    expect(storage.length).toBe(3);

    const after = open(world.ann, storage);
    after.client.identify(user.id);
    await firstValueFrom(after.channel(topic).outgoing.pipe(filter((unsent) => unsent.length === 0)));
    const { messages } = await after.channel(topic).loadMessages();
    expect(messages.map(({ payload }) => payload.text)).toEqual(['before', ...waiting]);
    expect(storage.length).toBe(0);
  });

  it('[P3] [T5] never sends as one user what another wrote in the same tab', async () => {
    const topic = await world.freshTopic();
    const { user } = await world.ann.expect(session, 'GET', '/api/session');
    const storage = new MemoryStorage();
    const ann = open(world.ann, storage);
    ann.client.identify(user.id);
    await ann.channel(topic).storeMessage('message', { text: 'from Ann' });
    await ann.cut();
    void ann.channel(topic).storeMessage('message', { text: 'never from Ben' });
    ann.client.disconnect();

    // The page believes that Ann is still signed in; the session of the browser is Ben's.
    const fooled = open(world.ben, storage);
    fooled.client.identify(user.id);
    const { state } = await firstValueFrom(
      fooled.client.status$.pipe(filter((status) => status.state === 'signed-out' || status.queued === 0)),
    );
    expect(state).toBe('signed-out');
    const { messages } = await ben.channel(topic).loadMessages();
    expect(messages.map(({ payload }) => payload.text)).toEqual(['from Ann']);
  });
});
