import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FaultProxy } from './fault-proxy';
import { reset } from './flow';

/** Resolves once this holds; looked at whenever the sockets may have moved something. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** What one end of a connection heard. */
class End {
  readonly chunks: Buffer[] = [];
  ended = false;
  closed = false;
  error: NodeJS.ErrnoException | undefined;

  constructor(readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => this.chunks.push(bytes));
    socket.on('end', () => (this.ended = true));
    socket.on('error', (error) => (this.error = error));
    socket.on('close', () => (this.closed = true));
  }

  get heard(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

describe('FaultProxy', () => {
  let server: Server;
  let proxy: FaultProxy;
  let arrived: End[];
  let left: Socket[];

  beforeEach(async () => {
    arrived = [];
    left = [];
    server = createServer({ allowHalfOpen: true }, (socket) => arrived.push(new End(socket)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await FaultProxy.before(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });

  afterEach(async () => {
    for (const socket of left) socket.destroy();
    for (const { socket } of arrived) socket.destroy();
    server.close();
    await proxy.close();
    expect(proxy.connections.size).toBe(0);
  });

  /** A client of the proxy, and the server's end of the same connection. */
  async function open(): Promise<[End, End]> {
    const before = arrived.length;
    const socket = connect({ port: Number(new URL(proxy.url).port), host: '127.0.0.1', allowHalfOpen: true });
    left.push(socket);
    const near = new End(socket);
    await until(() => arrived.length > before);
    return [near, arrived[before]!];
  }

  /** Enough of them through the same process that whatever can move has moved. */
  async function roundTrips(): Promise<void> {
    const [near, far] = await open();
    far.socket.pipe(far.socket);
    for (let count = 1; count <= 200; count += 1) {
      near.socket.write('.');
      await until(() => near.heard.length === count);
    }
  }

  it('carries both ways, and each side’s end by itself', async () => {
    const [near, far] = await open();
    near.socket.end('café 👩‍👩‍👧 日本語');
    await until(() => far.ended);
    expect(far.heard).toBe('café 👩‍👩‍👧 日本語');
    expect(near.ended).toBe(false);
    far.socket.end('the answer');
    await until(() => near.closed && far.closed);
    expect(near.heard).toBe('the answer');
    expect([near.error, far.error]).toEqual([undefined, undefined]);
    await until(() => proxy.connections.size === 0);
  });

  it('carries more than it holds, whole and in order, however slowly it is read', async () => {
    const [near, far] = await open();
    // More than the buffers of two connections of the system.
    const sent = Buffer.alloc(32 * 1024 * 1024);
    for (let index = 0; index < sent.length; index += 4) sent.writeUInt32LE(index, index);
    far.socket.pause();
    near.socket.end(sent);
    await roundTrips();
    expect(near.socket.writableLength).toBeGreaterThan(0);
    far.socket.resume();
    await until(() => far.ended);
    expect(Buffer.concat(far.chunks).equals(sent)).toBe(true);
  });

  it('delays, in order, and not less than it says', async () => {
    const [near, far] = await open();
    proxy.worsen({ delayMs: 40, jitterMs: 60 }, 'up');
    const started = performance.now();
    for (let number = 0; number < 20; number += 1) near.socket.write(`${number} `);
    await until(() => far.chunks.length > 0);
    // Timers of Node may be early by less than a millisecond.
    expect(performance.now() - started).toBeGreaterThanOrEqual(39);
    near.socket.end();
    await until(() => far.ended);
    expect(far.heard).toBe(Array.from({ length: 20 }, (_, number) => `${number} `).join(''));
  });

  it.each(['up', 'down'] as const)('stalls %s alone, and lets everything through afterwards', async (direction) => {
    const [near, far] = await open();
    proxy.worsen({ isStalled: true }, direction);
    const [stalled, carried] = direction === 'up' ? [near, far] : [far, near];
    stalled.socket.write('held back');
    carried.socket.write('at once');
    await until(() => stalled.heard === 'at once');
    expect(carried.heard).toBe('');
    stalled.socket.end(', and the end');
    proxy.heal();
    await until(() => carried.ended);
    expect(carried.heard).toBe('held back, and the end');
  });

  it('takes connections while it stalls', async () => {
    proxy.worsen({ isStalled: true });
    const [near, far] = await open();
    near.socket.write('hello');
    far.socket.write('welcome');
    proxy.heal();
    await until(() => near.heard === 'welcome' && far.heard === 'hello');
  });

  it('trickles in pieces that end anywhere', async () => {
    const [near, far] = await open();
    proxy.worsen({ bytesPerSecond: 2_000 }, 'up');
    const started = performance.now();
    near.socket.end('日本語'.repeat(50));
    await until(() => far.ended);
    expect(far.heard).toBe('日本語'.repeat(50));
    expect(performance.now() - started).toBeGreaterThanOrEqual(200);
    expect(far.chunks.length).toBeGreaterThan(3);
    expect(far.chunks.some((chunk) => chunk.length % 3 !== 0)).toBe(true);
  });

  it('loses what comes, and never what came after it', async () => {
    const [near, far] = await open();
    far.socket.write('before');
    await until(() => near.heard === 'before');
    proxy.worsen({ isLost: true }, 'down');
    far.socket.write('lost');
    near.socket.write('still heard');
    await until(() => far.heard === 'still heard');
    proxy.heal();
    far.socket.write('after');
    const [second, secondFar] = await open();
    secondFar.socket.write('new');
    await until(() => second.heard === 'new');
    expect(near.heard).toBe('before');
  });

  it('cuts with a reset', async () => {
    const [near, far] = await open();
    proxy.cut('reset');
    await until(() => near.closed && far.closed);
    expect([near.error?.code, far.error?.code]).toEqual(['ECONNRESET', 'ECONNRESET']);
  });

  it('closes a connection all the same whose end is just under way', async () => {
    const [near, far] = await open();
    near.socket.end();
    await new Promise((resolve) => process.nextTick(resolve));
    reset(near.socket);
    await until(() => near.closed && far.ended);
    expect(near.error).toBeUndefined();
  });

  it('cuts with an end', async () => {
    const [near, far] = await open();
    proxy.cut('end');
    await until(() => near.ended && far.ended);
    expect([near.error, far.error]).toEqual([undefined, undefined]);
  });

  it('cuts one connection and leaves the other', async () => {
    const [first] = await open();
    const [one] = proxy.connections;
    const [second, far] = await open();
    one!.cut();
    await until(() => first.closed);
    second.socket.write('still here');
    await until(() => far.heard === 'still here');
  });

  it('passes a reset of the server on', async () => {
    const [near, far] = await open();
    far.socket.resetAndDestroy();
    await until(() => near.closed);
    expect(near.error?.code).toBe('ECONNRESET');
  });

  it('refuses newcomers only, until it is healed', async () => {
    const [near, far] = await open();
    proxy.refuse();
    const refused = new End(connect({ port: Number(new URL(proxy.url).port), host: '127.0.0.1' }));
    await until(() => refused.closed);
    expect(arrived).toHaveLength(1);
    near.socket.write('still here');
    await until(() => far.heard === 'still here');
    proxy.heal();
    await open();
  });

  it('resets whom it cannot take to the server', async () => {
    server.close();
    const refused = new End(connect({ port: Number(new URL(proxy.url).port), host: '127.0.0.1' }));
    await until(() => refused.closed);
    expect(refused.error?.code).toBe('ECONNRESET');
  });
});
