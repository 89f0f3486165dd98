import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectTcp, isIP, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { IceUrl } from '../ice-url';
import { decodeStun, encodeStun, stunLength, type LongTermKey, type StunMessage } from './stun-message';

/** Milliseconds before a request over UDP is repeated; doubles each time (RFC 8489 §6.2.1, which begins with 500). */
const FIRST_REPEAT_MS = 250;

/** What differs between UDP, TCP and TLS: how bytes go, and how they come back as whole messages. */
interface Line {
  readonly send: (bytes: Buffer) => void;
  readonly close: () => void;
  /** Whether what is sent may be lost, so that it has to be repeated. */
  readonly isLossy: boolean;
}

/** A client's side of a STUN server: asks one thing at a time and waits for its answer (RFC 8489 §6). */
export class StunConnection {
  private answered: (message: StunMessage) => void = () => undefined;
  private failed: (error: Error) => void = () => undefined;
  private broken: Error | undefined;

  private constructor(private readonly line: Line) {}

  /**
   * @param cancelled ends the attempt, and with it every wait of this connection
   * @param ca certificates that a TLS server's may be signed with. Default: those that Node trusts
   */
  static async open(server: IceUrl, cancelled: AbortSignal, ca?: string): Promise<StunConnection> {
    const opened = server.transport === 'udp' ? openUdp(server) : openStream(server, cancelled, ca);
    const { line, listen } = await opened;
    const connection = new StunConnection(line);
    const fail = (error: Error): void => {
      connection.broken = error;
      connection.failed(error);
    };
    listen((bytes) => connection.take(bytes), fail);
    cancelled.addEventListener('abort', () => fail(cancelled.reason as Error), { once: true });
    return connection;
  }

  /**
   * @param key signs the request
   * @throws Error when the connection broke or was cancelled before the answer came
   */
  async ask(request: StunMessage, key?: LongTermKey): Promise<StunMessage> {
    if (this.broken !== undefined) throw this.broken;
    const bytes = encodeStun(request, key);
    let repeat: NodeJS.Timeout | undefined;
    try {
      return await new Promise<StunMessage>((resolve, reject) => {
        this.failed = reject;
        this.answered = (message) => {
          const isAnswer = message.class === 'success' || message.class === 'error';
          if (isAnswer && message.transactionId.equals(request.transactionId)) resolve(message);
        };
        const send = (waitMs: number): void => {
          this.line.send(bytes);
          if (this.line.isLossy) repeat = setTimeout(() => send(waitMs * 2), waitMs);
        };
        send(FIRST_REPEAT_MS);
      });
    } finally {
      clearTimeout(repeat);
    }
  }

  close(): void {
    this.broken ??= new Error('The connection was closed.');
    this.line.close();
  }

  private take(bytes: Buffer): void {
    const message = decodeStun(bytes);
    if (message !== undefined) this.answered(message);
  }
}

interface Opened {
  readonly line: Line;
  readonly listen: (message: (bytes: Buffer) => void, failed: (error: Error) => void) => void;
}

async function openUdp({ host, port }: IceUrl): Promise<Opened> {
  const socket: UdpSocket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
  try {
    // Connected, so that "nobody listens there" comes back as an error.
    socket.connect(port, host);
    await once(socket, 'connect');
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    line: { send: (bytes) => socket.send(bytes), close: () => socket.close(), isLossy: true },
    listen: (message, failed) => socket.on('message', message).on('error', failed),
  };
}

async function openStream({ scheme, host, port }: IceUrl, signal: AbortSignal, ca?: string): Promise<Opened> {
  const isTls = scheme === 'turns';
  // Who asks for an address has no name to send.
  const names = { ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === undefined ? {} : { ca }) };
  const socket: Socket = isTls ? connectTls({ host, port, ...names }) : connectTcp({ host, port });
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return {
    line: { send: (bytes) => socket.write(bytes), close: () => socket.destroy(), isLossy: false },
    listen: (message, failed) => {
      let rest = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk]);
        for (let size = stunLength(rest); size !== undefined && rest.length >= size; size = stunLength(rest)) {
          message(rest.subarray(0, size));
          rest = rest.subarray(size);
        }
      });
      socket.on('error', failed).on('close', () => failed(new Error('The server closed the connection.')));
    },
  };
}
