import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { turnCredentials } from '../credentials';
import { probeTurn } from '../stun/probe';
import { TurnClient, describeWithCoturn } from '../testing';
import { GuardedProcess } from './guarded-process';
import { freeTurnPort } from './turn-port';

const folder = join(__dirname, '../../../../docker/coturn');
const secret = randomBytes(24).toString('hex');

/** A certificate for 127.0.0.1 that signs itself. */
function makeCertificate(tls: string): string {
  const certificate = join(tls, 'fullchain.pem');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-subj', '/CN=relay', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', join(tls, 'privkey.pem'), '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return readFileSync(certificate, 'utf8');
}

describeWithCoturn('Coturn as docker/coturn configures it', () => {
  let tls: string;
  let ca: string;
  let running: GuardedProcess;
  let port: number;
  let tlsPort: number;

  beforeAll(async () => {
    tls = mkdtempSync(join(tmpdir(), 'parley-tls-'));
    ca = makeCertificate(tls);
    [port, tlsPort] = [await freeTurnPort('127.0.0.1'), await freeTurnPort('127.0.0.1')];
    running = await GuardedProcess.start('/bin/sh', [join(folder, 'start.sh')], {
      PATH: process.env.PATH,
      TMPDIR: tls,
      TURN_SECRET: secret,
      TURN_REALM: 'turn.example.org',
      TURN_LISTEN_IP: '127.0.0.1',
      TURN_PORT: String(port),
      TURN_TLS_PORT: String(tlsPort),
      TURN_TLS: tls,
      TURN_ALLOWED_PEER: '10.9.8.0-10.9.8.255',
    });
    while ((await probeTurn(`turn:127.0.0.1:${port}`, { timeoutMs: 500 })) !== undefined) {
      if (running.how !== undefined) throw new Error(`It ended (${running.how}): ${running.said}`);
      await delay(20);
    }
  });

  afterAll(async () => {
    await running.stop();
    rmSync(tls, { recursive: true, force: true });
  });

  const open = (url: string, ttlMs = 600_000, key = secret): Promise<TurnClient> =>
    TurnClient.open(url, turnCredentials({ secret: key, userId: 'ann', ttlMs }), ca);

  it('relays for the app’s credentials, over UDP, TCP and TLS', async () => {
    const urls = [
      `turn:127.0.0.1:${port}?transport=udp`,
      `turn:127.0.0.1:${port}?transport=tcp`,
      `turns:127.0.0.1:${tlsPort}?transport=tcp`,
    ];
    for (const url of urls) {
      expect([url, await probeTurn(url, { ca })]).toEqual([url, undefined]);
      const client = await open(url);
      const { relayed } = await client.allocate();
      expect(relayed?.host).toBe('127.0.0.1');
      expect(relayed?.port).toBeGreaterThanOrEqual(49_152);
      expect(relayed?.port).toBeLessThanOrEqual(53_247);
      client.close();
    }
  });

  it.each([
    ['expired ones', -1_000, secret],
    ['those of another secret', 600_000, 'another secret'],
  ])('does not for %s', async (_what, ttlMs, key) => {
    const client = await open(`turn:127.0.0.1:${port}`, ttlMs, key);
    expect(await client.allocate()).toEqual({ error: 401 });
    client.close();
  });

  it('relays to the world, and to nobody inside who is not allowed by name', async () => {
    const client = await open(`turn:127.0.0.1:${port}`);
    await client.allocate();
    const inside = [
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '224.0.0.1',
      '255.255.255.255',
    ];
    for (const host of inside) expect([host, await client.permit({ host, port: 80 })]).toEqual([host, 403]);
    // A permission sends nothing there.
    for (const host of ['1.1.1.1', '172.32.0.1', '10.9.8.7']) {
      expect([host, await client.permit({ host, port: 80 })]).toEqual([host, undefined]);
    }
    client.close();
  });

  it('speaks TLS 1.2, and nothing older', async () => {
    const speak = async (version: 'TLSv1.1' | 'TLSv1.2'): Promise<string | null> => {
      const socket = connect({
        ...{ host: '127.0.0.1', port: tlsPort, ca, minVersion: version, maxVersion: version },
        // Node's own default would refuse TLS 1.1 before the server could.
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      try {
        // Coturn leaves those who speak an older one without an answer.
        await once(socket, 'secureConnect', { signal: AbortSignal.timeout(1_000) });
        return socket.getProtocol();
      } finally {
        socket.destroy();
      }
    };
    expect(await speak('TLSv1.2')).toBe('TLSv1.2');
    await expect(speak('TLSv1.1')).rejects.toThrow();
  });

  it('keeps the secret out of what everybody can read', () => {
    const commands = execFileSync('ps', ['-eww', '-o', 'args='], { encoding: 'utf8' });
    expect(commands).toContain('turnserver -c');
    expect(commands).not.toContain(secret);
    expect(running.said).not.toContain(secret);
  });
});
