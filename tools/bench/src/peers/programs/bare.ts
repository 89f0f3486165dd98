// The least that a server in Node can do: each message is framed once, and what came to a room within a turn of the
// event loop is put together once and written once to the raw socket of each member. Nothing else is known of anyone.
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Rooms } from './rooms';
import { sayReady } from './say-ready';

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const rooms = new Rooms<Duplex>();
const turn = new Map<string, Buffer[]>();

const server = createServer();
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (client) => {
    client.on('message', (data: Buffer) => {
      const end = data.indexOf(' ');
      const room = data.toString('utf8', 0, end < 0 ? data.length : end);
      if (end < 0) {
        rooms.join(room, socket);
        client.send(`joined ${room}`);
      } else publish(room, textFrame(data.subarray(end + 1)));
    });
    client.on('close', () => rooms.leave(socket));
  });
});
server.listen(0, '127.0.0.1', () => sayReady(server.address()));

function publish(room: string, frame: Buffer): void {
  if (turn.size === 0) setImmediate(writeAll);
  const frames = turn.get(room);
  if (frames === undefined) turn.set(room, [frame]);
  else frames.push(frame);
}

function writeAll(): void {
  for (const [room, frames] of turn) {
    const bytes = Buffer.concat(frames);
    for (const socket of rooms.in(room)) socket.write(bytes);
  }
  turn.clear();
}

/** RFC 6455 §5.2: final, text, not masked. */
function textFrame(payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x81;
  header[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}
