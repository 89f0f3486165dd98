import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { DirectWrites, isKnownNode } from './direct-writes';
import { Flusher, Outbox } from './outbox';

/** More than the kernel takes for someone who does not read. */
const MUCH = 16 * 1024 * 1024;

describe('writing past the stream', () => {
  let server: Server;
  let reader: Socket;
  let writer: Socket;

  beforeEach(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    reader = connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
    [writer] = (await once(server, 'connection')) as [Socket];
    for (const socket of [reader, writer]) socket.on('error', () => socket.destroy());
  });

  afterEach(async () => {
    reader.destroy();
    writer.destroy();
    server.close();
    await once(server, 'close');
  });

  function direct(): DirectWrites {
    const found = DirectWrites.to(writer);
    if (found === undefined) throw new Error('Sockets of this Node cannot be written to past their stream.');
    return found;
  }

  it('is there for TCP, and for nothing else', () => {
    expect(DirectWrites.to(writer)).toBeInstanceOf(DirectWrites);
    expect(DirectWrites.to(new PassThrough())).toBeUndefined();
  });

  it.each([
    ['26.9.0', false],
    ['26.10.0', true],
    ['26.11.2', true],
    ['24.15.0', false],
    ['27.0.0', false],
  ])('is known of Node %s: %s', (version, isKnown) => {
    expect(isKnownNode(version)).toBe(isKnown);
  });

  it('keeps the order of what is written either way', async () => {
    const done = jest.fn();
    expect(direct().write(Buffer.from('café '), done)).toBe(true);
    writer.write('日本語 ');
    expect(direct().write(Buffer.from('👩‍👩‍👧'), done)).toBe(true);
    writer.end();
    expect(await textOf(reader)).toBe('café 日本語 👩‍👩‍👧');
    expect(done).not.toHaveBeenCalled();
  });

  it('says when the rest of a large write is through, before what the stream wrote behind it', async () => {
    const through = Promise.withResolvers<boolean>();
    expect(direct().write(Buffer.alloc(MUCH, 'a'), through.resolve)).toBe(false);
    writer.end('z');
    const read = textOf(reader);
    expect(await through.promise).toBe(true);
    const got = await read;
    expect(got).toHaveLength(MUCH + 1);
    expect(got.indexOf('z')).toBe(MUCH);
  });

  it('says when the connection broke before the rest was through, and that it is broken', async () => {
    const through = Promise.withResolvers<boolean>();
    const writes = direct();
    expect(writes.write(Buffer.alloc(MUCH), through.resolve)).toBe(false);
    reader.resetAndDestroy();
    expect(await through.promise).toBe(false);
    writer.destroy();
    await once(writer, 'close');
    expect(writes.write(Buffer.from('late'), through.resolve)).toBeUndefined();
    await new Promise((resolve) => setImmediate(resolve));
    expect(writes.write(Buffer.from('later'), through.resolve)).toBeUndefined();
    expect(writes.queuedBytes).toBe(0);
  });

  describe('of an outbox', () => {
    it('[L2] counts what the kernel did not take, and goes on when it has', async () => {
      const outbox = new Outbox(writer, new Flusher(), 8 * MUCH);
      outbox.append(Buffer.alloc(MUCH, 'a'));
      expect(outbox.queuedBytes).toBeGreaterThan(0);
      expect(outbox.keepsUp).toBe(false);
      // What ws writes itself goes behind what is under way.
      writer.write('b');
      expect(outbox.push(Buffer.from('c'))).toBe(true);
      outbox.offer(Buffer.from('d'), 'topic cursor');
      outbox.offer(Buffer.from('e'), 'topic cursor');
      reader.on('data', (bytes: Buffer) => {
        if (bytes.includes('e')) writer.end();
      });
      const got = await textOf(reader);
      expect(got.slice(MUCH)).toBe('bce');
      expect(outbox.queuedBytes).toBe(0);
    });

    it('is idle only while nothing waits, not even what ws wrote', async () => {
      const outbox = new Outbox(writer, new Flusher(), 8 * MUCH);
      expect(outbox.isIdle).toBe(true);
      writer.write(Buffer.alloc(MUCH));
      writer.write('b');
      expect(outbox.isIdle).toBe(false);
      reader.resume();
      await once(writer, 'drain');
      expect(outbox.isIdle).toBe(true);
      writer.end();
      expect(outbox.isIdle).toBe(false);
    });

    it('ends a connection that broke', async () => {
      const outbox = new Outbox(writer, new Flusher(), 4 * MUCH);
      outbox.append(Buffer.alloc(MUCH));
      expect(outbox.queuedBytes).toBeGreaterThan(0);
      const closed = new Promise((resolve) => writer.once('close', resolve));
      reader.resetAndDestroy();
      await closed;
      expect(outbox.queuedBytes).toBe(0);
    });
  });
});
