import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { readBody, smallBodyLength } from './small-body';

describe('smallBodyLength', () => {
  const type = 'application/json';

  it.each([
    [{}, 0],
    [{ 'content-length': '0' }, 0],
    [{ 'content-length': '2', 'content-type': type }, 2],
    [{ 'content-length': '256', 'content-type': `${type}; charset=utf-8` }, 256],
    [{ 'content-length': '257', 'content-type': type }, undefined],
    [{ 'content-length': '0x2', 'content-type': type }, undefined],
    [{ 'content-length': '2' }, undefined],
    [{ 'content-length': '2', 'content-type': 'text/plain' }, undefined],
    [{ 'content-length': '2', 'content-type': `${type}; charset=latin1` }, undefined],
    [{ 'content-length': '2', 'content-type': type, 'content-encoding': 'gzip' }, undefined],
    [{ 'content-length': '2', 'content-type': type, expect: '100-continue' }, undefined],
    [{ 'content-type': type, 'transfer-encoding': 'chunked' }, undefined],
    [{ 'transfer-encoding': 'chunked' }, undefined],
  ])('of %j is %s', (headers, length) => {
    expect(smallBodyLength({ headers })).toBe(length);
  });
});

describe('readBody', () => {
  let server: Server;
  let socket: Socket;
  /** Bodies, and each of them again as whoever reads the request afterwards gets it. */
  let read: string[];

  beforeEach(async () => {
    read = [];
    server = createServer((request, response) => {
      const length = Number(request.headers['content-length']);
      readBody(
        request,
        length,
        (body) => {
          read.push(body.toString());
          request.unshift(body);
          request.setEncoding('utf8');
          void request.toArray().then((again: string[]) => {
            read.push(again.join(''));
            response.end();
          });
        },
        50,
      );
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setNoDelay(true);
    socket.on('error', () => undefined);
  });

  afterEach(async () => {
    socket.destroy();
    server.close();
    await once(server, 'close');
  });

  const body = '"café 👩‍👩‍👧 日本語"';
  const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;

  it('reads what came with the head, or after it, and can give it back', async () => {
    socket.write(head + body);
    await once(socket, 'data');
    const asked = once(server, 'request');
    socket.write(head);
    await asked;
    const bytes = Buffer.from(body);
    socket.write(bytes.subarray(0, 7));
    socket.write(bytes.subarray(7));
    await once(socket, 'data');
    expect(read).toEqual([body, body, body, body]);
  });

  it('ends a request whose body does not come', async () => {
    socket.write(head + '"');
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(read).toEqual([]);
  });
});
