import { parseIceUrl } from '../ice-url';
import { decodeAddress, encodeAddress, type StunAddress } from '../stun/stun-address';
import { StunConnection } from '../stun/stun-connection';
import {
  attribute,
  errorCodeOf,
  method,
  stunRequest,
  valueOf,
  type LongTermKey,
  type StunAttribute,
  type StunMessage,
} from '../stun/stun-message';

/** REQUESTED-TRANSPORT: UDP, the only one that this asks for (RFC 8656 §18.7). */
const UDP = Buffer.from([17, 0, 0, 0]);
/** Milliseconds in which a test's relay has to answer. */
const DEADLINE_MS = 10_000;

/** What a TURN server made of a request: what it relays from, or its error code. */
export type Allocated =
  | { readonly relayed: StunAddress; readonly error?: undefined }
  | { readonly relayed?: undefined; readonly error: number };

/** A TURN client that does what a test says, and shows the codes that it is refused with (RFC 8656). */
export class TurnClient {
  private realm = '';
  private nonce: Buffer | undefined;

  private constructor(
    private readonly connection: StunConnection,
    private readonly username: string,
    private readonly password: string,
  ) {}

  /** @param ca certificates that a TLS server's may be signed with */
  static async open(
    url: string,
    { username, credential }: { readonly username: string; readonly credential: string },
    ca?: string,
  ): Promise<TurnClient> {
    const server = parseIceUrl(url);
    if (server === undefined) throw new Error(`${url} is not the address of a TURN server.`);
    const connection = await StunConnection.open(server, AbortSignal.timeout(DEADLINE_MS), ca);
    return new TurnClient(connection, username, credential);
  }

  /** Asks for a relayed address, without credentials first, as every client does. */
  async allocate(): Promise<Allocated> {
    const answer = await this.ask(method.allocate, [{ type: attribute.requestedTransport, value: UDP }]);
    const value = valueOf(answer, attribute.xorRelayedAddress);
    const relayed = value === undefined ? undefined : decodeAddress(value, answer.transactionId);
    return relayed === undefined ? { error: errorCodeOf(answer) ?? 0 } : { relayed };
  }

  /** Asks to hear that peer. Returns the error code that this is refused with. */
  async permit(peer: StunAddress): Promise<number | undefined> {
    return errorCodeOf(
      await this.ask(method.createPermission, (transactionId) => [
        { type: attribute.xorPeerAddress, value: encodeAddress(peer, transactionId) },
      ]),
    );
  }

  /** Keeps the allocation. Returns the error code that this is refused with; 437 says that there is none. */
  async refresh(): Promise<number | undefined> {
    return errorCodeOf(await this.ask(method.refresh, []));
  }

  close(): void {
    this.connection.close();
  }

  /** Once more where the server names a nonce (RFC 8489 §9.2.5): 401 at first, 438 when the nonce was too old. */
  private async ask(
    what: number,
    attributes: readonly StunAttribute[] | ((transactionId: Buffer) => readonly StunAttribute[]),
  ): Promise<StunMessage> {
    const make = (): StunMessage => {
      const request = stunRequest(what);
      const own = typeof attributes === 'function' ? attributes(request.transactionId) : attributes;
      return { ...request, attributes: [...own, ...this.authentication()] };
    };
    const wasNew = this.nonce === undefined;
    const answer = await this.connection.ask(make(), this.key());
    const code = errorCodeOf(answer);
    if (code !== 438 && !(code === 401 && wasNew)) return answer;
    this.realm = valueOf(answer, attribute.realm)?.toString('utf8') ?? '';
    this.nonce = valueOf(answer, attribute.nonce);
    return this.connection.ask(make(), this.key());
  }

  private authentication(): readonly StunAttribute[] {
    if (this.nonce === undefined) return [];
    return [
      { type: attribute.username, value: Buffer.from(this.username) },
      { type: attribute.realm, value: Buffer.from(this.realm) },
      { type: attribute.nonce, value: this.nonce },
    ];
  }

  private key(): LongTermKey | undefined {
    if (this.nonce === undefined) return undefined;
    return { username: this.username, realm: this.realm, password: this.password };
  }
}
