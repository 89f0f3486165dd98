import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { markAfter } from './frame-scanner';
import { RawSocket } from './raw-socket';

describe('RawSocket', () => {
  let server: WebSocketServer;
  let url: string;

  beforeEach(async () => {
    server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      verifyClient: ({ req }: { req: IncomingMessage }) => req.url !== '/no',
    });
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/here?ticket=1`;
  });

  afterEach(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });

  /** Both ends of one connection. */
  async function pair(): Promise<[RawSocket, WebSocket]> {
    const [opened, [theirs]] = await Promise.all([
      RawSocket.open(url, { mark: markAfter('{"m') }),
      once(server, 'connection') as Promise<[WebSocket]>,
    ]);
    return [opened, theirs];
  }

  it('counts messages, hands out the rest, and is understood', async () => {
    const [socket, theirs] = await pair();
    const heard: string[] = [];
    socket.onFrame = (payload) => heard.push(payload.toString('utf8'));
    for (const size of [0, 100, 125, 126, 65_535, 65_536, 200_000]) {
      const text = 'é'.repeat(size);
      socket.send(text);
      const [data] = (await once(theirs, 'message')) as [Buffer];
      expect(data.toString('utf8')).toBe(text);
      theirs.send(`{"m${text}`);
    }
    theirs.send('日本語');
    theirs.ping('are you there?');
    const [pong] = (await once(theirs, 'pong')) as [Buffer];
    expect(pong.toString()).toBe('are you there?');
    expect(socket.messages).toBe(7);
    expect(heard).toEqual(['日本語']);
    await socket.close();
  });

  it('says with which code it was closed', async () => {
    const [socket, theirs] = await pair();
    theirs.close(4408, 'slow');
    expect(await socket.closed).toBe(4408);
  });

  it('says what an upgrade was refused with', async () => {
    await expect(RawSocket.open(url.replace('/here', '/no').replace('?ticket=1', ''))).rejects.toThrow('401');
  });

  it('misses nothing that comes along with the head of the upgrade', async () => {
    server.on('connection', (theirs) => theirs.send('welcome 👩‍👩‍👧'));
    const socket = await RawSocket.open(url);
    const heard = await new Promise<string>((resolve) => {
      socket.onFrame = (payload) => {
        resolve(payload.toString('utf8'));
      };
    });
    expect(heard).toBe('welcome 👩‍👩‍👧');
    await socket.close();
  });
});
