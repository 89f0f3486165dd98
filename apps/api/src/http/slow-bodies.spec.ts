import express from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { endsSlowBodies } from './slow-bodies';

describe('endsSlowBodies', () => {
  let server: Server;
  let socket: Socket;

  beforeEach(async () => {
    const app = express()
      .use(endsSlowBodies(50))
      .use((request, response) => {
        if (request.path === '/early') response.end('early');
        else request.resume().once('end', () => response.end('whole'));
      });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
  });

  afterEach(async () => {
    socket.destroy();
    server.close();
    await once(server, 'close');
  });

  const begin = (path: string): boolean =>
    socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`);

  it.each(['/api/bookings', '/early'])('cuts off who sends a bit at a time to %s', async (path) => {
    begin(path);
    const sending = setInterval(() => socket.write('1\r\na\r\n'), 10);
    // Writing to what was cut is an error, which may come first.
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(sending);
    expect(socket.destroyed).toBe(true);
  });

  it('leaves uploads to their own pace, and whoever is done', async () => {
    begin('/api/exchanges/1/files');
    const other = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
    other.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi');
    const [first] = (await once(other, 'data')) as [string];
    expect(first).toContain('whole');
    // Another one that is cut off shows that the time is over.
    const cut = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    cut.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nh');
    await new Promise((resolve) => cut.resume().once('close', resolve));
    for (const each of [socket, other]) expect(each.destroyed).toBe(false);
    socket.write('0\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [string];
    expect(answer).toContain('whole');
    other.destroy();
  });
});
