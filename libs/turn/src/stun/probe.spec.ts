import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { probeTurn } from './probe';
import { decodeStun, encodeStun } from './stun-message';

describe('asking a relay whether it is there', () => {
  it('asks again over UDP when an answer is lost', async () => {
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    let asked = 0;
    server.on('message', (bytes, { port, address }) => {
      const request = decodeStun(bytes);
      asked += 1;
      if (request === undefined || asked < 2) return;
      // What others answer is none.
      server.send(encodeStun({ ...request, class: 'success', transactionId: Buffer.alloc(12) }), port, address);
      server.send(encodeStun({ ...request, class: 'success' }), port, address);
    });
    expect(await probeTurn(`turn:127.0.0.1:${server.address().port}`)).toBeUndefined();
    expect(asked).toBe(2);
    server.close();
  });

  it('says why there is no answer', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    expect(await probeTurn(`turn:127.0.0.1:${port}?transport=tcp`, { timeoutMs: 100 })).toBe('no answer within 0.1 s');
    silent.close();
    expect(await probeTurn('turn:127.0.0.1:1?transport=tcp')).toBe('ECONNREFUSED');
    expect(await probeTurn('turn:127.0.0.1:1?transport=udp')).toBe('ECONNREFUSED');
    expect(await probeTurn('turns:127.0.0.1:1')).toBe('ECONNREFUSED');
    expect(await probeTurn('https://127.0.0.1')).toMatch(/not the address/);
  });

  it('takes a server that closes at once for one that is not there', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await probeTurn(`turn:127.0.0.1:${port}?transport=tcp`)).toMatch(/closed|EPIPE|ECONNRESET/);
    server.close();
  });
});
