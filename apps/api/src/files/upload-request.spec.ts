import express, { type Express } from 'express';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { endsRefusedUploads, isUpload } from './upload-request';

describe('isUpload', () => {
  it.each([
    ['POST', '/exchanges/1/files', true],
    ['POST', '/Exchanges/1/Files/', true],
    ['GET', '/exchanges/1/files', false],
    ['POST', '/exchanges/1/files/2', false],
    ['POST', '/exchanges/1/end', false],
    ['POST', '/bookings', false],
  ])('%s %s: %s', (method, path, expected) => {
    expect(isUpload({ method, path })).toBe(expected);
  });
});

describe('endsRefusedUploads', () => {
  let server: Server;
  let socket: Socket;

  async function serve(app: Express): Promise<void> {
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
  }

  afterEach(async () => {
    socket.destroy();
    server.close();
    await once(server, 'close');
  });

  it('lets whoever goes on sending read the answer, and cuts them off later', async () => {
    await serve(
      express()
        .use(endsRefusedUploads(200))
        .use((_request, response) => void response.status(413).end()),
    );
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    const sending = setInterval(() => socket.write('5\r\nhello\r\n'), 10);
    const [answer] = (await once(socket, 'data')) as [string];
    expect(answer).toContain('413');
    await once(socket, 'close');
    clearInterval(sending);
  });

  it('leaves a connection alone whose request is whole', async () => {
    await serve(
      express()
        .use(endsRefusedUploads(1))
        .use((request, response) => {
          request.resume();
          request.once('end', () => void response.end('whole'));
        }),
    );
    for (let turn = 0; turn < 3; turn += 1) {
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello');
      const [answer] = (await once(socket, 'data')) as [string];
      expect(answer).toContain('whole');
    }
  });
});
