// `ws` as its own documentation shows it: a message is sent to each client in turn.
import { WebSocket, WebSocketServer } from 'ws';
import { Rooms } from './rooms';
import { sayReady } from './say-ready';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
const rooms = new Rooms<WebSocket>();

server.on('connection', (client) => {
  client.on('message', (data: Buffer) => {
    const [room, payload] = split(data.toString('utf8'));
    if (payload === '') {
      rooms.join(room, client);
      client.send(`joined ${room}`);
    } else {
      for (const member of rooms.in(room)) if (member.readyState === WebSocket.OPEN) member.send(payload);
    }
  });
  client.on('close', () => rooms.leave(client));
});
server.on('listening', () => sayReady(server.address()));

function split(text: string): [room: string, payload: string] {
  const end = text.indexOf(' ');
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
}
