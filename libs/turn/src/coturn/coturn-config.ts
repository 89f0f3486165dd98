export type Transport = 'udp' | 'tcp';

export interface CoturnConfigOptions {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
  readonly realm?: string;
  readonly transports: readonly Transport[];
  readonly relayPorts?: { readonly min: number; readonly max: number };
  readonly nonceSeconds?: number;
}

/** What a value in the file may be made of: a line break would begin a setting of its own. */
const plain = /^[\x21-\x7e]+$/;

/**
 * Coturn's configuration file (turnserver(1)) for a relay that serves this machine alone.
 *
 * @throws RangeError when the secret or the realm cannot stand in it
 */
export function coturnConfig(options: CoturnConfigOptions): string {
  const { host, port, secret, transports, realm = 'parley', nonceSeconds = 600 } = options;
  if (!plain.test(secret)) throw new RangeError('A secret is made of ASCII characters without spaces.');
  if (!plain.test(realm)) throw new RangeError('A realm is made of ASCII characters without spaces.');
  const { min, max } = options.relayPorts ?? { min: 49_152, max: 65_535 };
  const lines = [
    `listening-ip=${host}`,
    `relay-ip=${host}`,
    `listening-port=${port}`,
    `min-port=${min}`,
    `max-port=${max}`,
    `realm=${realm}`,
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    `stale-nonce=${nonceSeconds}`,
    'fingerprint',
    // Both ends of a call are on this machine.
    'allow-loopback-peers',
    'no-multicast-peers',
    'no-tcp-relay',
    'no-tls',
    'no-dtls',
    'no-cli',
    'no-rfc5780',
    'no-software-attribute',
    // Not the system's database of users and secrets.
    'userdb=:memory:',
    'log-file=stdout',
    ...(transports.includes('udp') ? [] : ['no-udp']),
    ...(transports.includes('tcp') ? [] : ['no-tcp']),
    ...(process.getuid?.() === 0 ? ['proc-user=nobody'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
