import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems give to outgoing connections, so that nobody takes it while its owner is down for a moment. */
const [FIRST, COUNT] = [20_000, 12_000];
const ATTEMPTS = 50;

/** A port of the loopback interface that is free now and will be again after a restart. */
export async function lastingPort(): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('No port is free.');
}
