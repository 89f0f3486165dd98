// Rooms as the documentation of socket.io shows them. Node runs this file as it is.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });

io.on('connection', (socket) => {
  socket.on('join', async (rooms: string[], done: () => void) => {
    await socket.join(rooms);
    done();
  });
  socket.on('cursor', (room: string, cursor: unknown) => io.to(room).volatile.emit('cursor', cursor));
  socket.on('chat', (room: string, message: unknown, done: () => void) => {
    io.to(room).emit('chat', message);
    done();
  });
});

http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready ${(http.address() as AddressInfo).port}\n`);
});
