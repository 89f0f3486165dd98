import { parseIceUrl } from '../ice-url';
import { StunConnection } from './stun-connection';
import { method, stunRequest } from './stun-message';

const PROBE_MS = 2_000;

export interface ProbeOptions {
  /** Milliseconds for all of it. Default 2 s. */
  readonly timeoutMs?: number;
  /** Certificates (PEM) that the server's may be signed with. Default: those that Node trusts. */
  readonly ca?: string;
}

/**
 * Asks a STUN or TURN server whether it is there, with a Binding request (RFC 8489 §12) over UDP, TCP or TLS; TLS with a
 * certificate that is valid. It needs no credentials, and says nothing about any.
 *
 * @param url like `turn:turn.example.org:3478?transport=udp`
 * @returns undefined when it answers; else why not, for people
 */
export async function probeTurn(url: string, options: ProbeOptions = {}): Promise<string | undefined> {
  const server = parseIceUrl(url);
  if (server === undefined) return 'not the address of a STUN or TURN server';
  const { timeoutMs = PROBE_MS, ca } = options;
  const cancelled = AbortSignal.timeout(timeoutMs);
  let connection: StunConnection | undefined;
  try {
    connection = await StunConnection.open(server, cancelled, ca);
    const answer = await connection.ask(stunRequest(method.binding));
    return answer.class === 'success' ? undefined : 'it refuses STUN Binding requests';
  } catch (error) {
    if (cancelled.aborted) return `no answer within ${timeoutMs / 1000} s`;
    const { code, message } = error as NodeJS.ErrnoException;
    return code ?? message;
  } finally {
    connection?.close();
  }
}
