// Rooms, and what was missed in them, as the documentation of socket.io shows them. Node runs this file as it is.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  connectionStateRecovery: { maxDisconnectionDuration: 120_000 },
});

io.on('connection', (socket) => {
  socket.on('join', async (room: string, done: () => void) => {
    await socket.join(room);
    done();
  });
  socket.on('chat', (room: string, message: unknown, done: () => void) => {
    io.to(room).emit('chat', message);
    done();
  });
  socket.on('count', (done: (count: number) => void) => {
    done(io.of('/').sockets.size);
  });
});

http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready ${(http.address() as AddressInfo).port}\n`);
});
