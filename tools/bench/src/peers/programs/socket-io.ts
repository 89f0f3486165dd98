// socket.io with rooms, as its documentation shows them.
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { sayReady } from './say-ready';

const server = createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });

io.on('connection', (socket) => {
  socket.on('join', async (room: string, joined: () => void) => {
    await socket.join(room);
    joined();
  });
  socket.on('message', (room: string, payload: unknown) => {
    io.to(room).emit('message', payload);
  });
});
server.listen(0, '127.0.0.1', () => sayReady(server.address()));
