import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

const ATTEMPTS = 20;

/** A port of this address that is free for TCP and for UDP at this moment. */
export async function freeTurnPort(host: string): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = await bindTcp(host, 0);
    if (port !== undefined && (await isFreeForUdp(host, port))) return port;
  }
  throw new Error(`No port of ${host} is free for both TCP and UDP.`);
}

/** Coturn shares a port with another one without a word, and each then gets half of what comes: so this is asked first. */
export async function isFreeTurnPort(host: string, port: number): Promise<boolean> {
  return (await bindTcp(host, port)) !== undefined && (await isFreeForUdp(host, port));
}

async function bindTcp(host: string, port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  } finally {
    server.close();
  }
}

async function isFreeForUdp(host: string, port: number): Promise<boolean> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.bind(port, host);
    await once(socket, 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  } finally {
    socket.close();
  }
}
