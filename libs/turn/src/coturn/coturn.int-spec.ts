import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { turnCredentials } from '../credentials';
import { probeTurn } from '../stun/probe';
import { TurnClient, describeWithCoturn, type Allocated } from '../testing';
import { startCoturn, type Coturn } from './coturn';
import { GuardedProcess } from './guarded-process';

const secret = randomBytes(24).toString('base64url');
const ann = { secret, userId: 'ann', ttlMs: 600_000 };

async function allocate(url: string, given: { username: string; credential: string }): Promise<Allocated> {
  const client = await TurnClient.open(url, given);
  try {
    return await client.allocate();
  } finally {
    client.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

describeWithCoturn('a Coturn of our own', () => {
  let coturn: Coturn;
  let udp: string;

  beforeAll(async () => {
    coturn = await startCoturn({ secret });
    udp = `turn:127.0.0.1:${coturn.port}?transport=udp`;
  });

  afterAll(() => coturn.stop());

  it.each(['udp', 'tcp'])('relays for whoever has its credentials, over %s', async (transport) => {
    const url = `turn:127.0.0.1:${coturn.port}?transport=${transport}`;
    expect(coturn.urls).toContain(url);
    expect(await allocate(url, turnCredentials(ann))).toEqual({
      relayed: { host: '127.0.0.1', port: expect.any(Number) as number },
    });
  });

  it('relays to this machine', async () => {
    const client = await TurnClient.open(udp, turnCredentials(ann));
    await client.allocate();
    expect(await client.permit({ host: '127.0.0.1', port: 9 })).toBeUndefined();
    client.close();
  });

  const right = turnCredentials(ann);
  it.each([
    ['that are wrong', { ...right, credential: 'd3Jvbmc=' }],
    ['of another secret', turnCredentials({ ...ann, secret: 'another' })],
    ['that have expired', turnCredentials({ ...ann, ttlMs: -1_000 })],
    ['of someone else under one’s own name', { ...right, username: right.username.replace('ann', 'ben') }],
    ['that were made to last longer', { ...right, username: `${Math.floor(Date.now() / 1000) + 86_400}:ann` }],
    ['without an expiry', { username: 'ann', credential: right.credential }],
  ])('answers 401 to credentials %s', async (_what, credentials) => {
    expect(await allocate(udp, credentials)).toEqual({ error: 401 });
  });

  it('keeps its secret out of what others can read', () => {
    const commands = execFileSync('ps', ['-eww', '-o', 'args='], { encoding: 'utf8' });
    expect(commands).toContain('turnserver');
    expect(commands).not.toContain(secret);
    const command = execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(coturn.pid)], { encoding: 'utf8' });
    const [, folder = ''] = /(parley-turn-\w+)\//.exec(command) ?? [];
    expect(folder).not.toBe('');
    expect(readdirSync(tmpdir())).not.toContain(folder);
  });

  it('takes no port that another one has', async () => {
    await expect(startCoturn({ secret, port: coturn.port })).rejects.toThrow(`Port ${coturn.port} is in use`);
  });

  it.each([['udp', 'tcp'] as const, ['tcp', 'udp'] as const])('listens for %s alone', async (with_, without) => {
    const alone = await startCoturn({ secret, transports: [with_] });
    expect(await probeTurn(`turn:127.0.0.1:${alone.port}?transport=${with_}`)).toBeUndefined();
    expect(await probeTurn(`turn:127.0.0.1:${alone.port}?transport=${without}`)).toBe('ECONNREFUSED');
    await alone.stop();
  });

  it('says when it ends, unless it was stopped', async () => {
    const ends: string[] = [];
    const first = await startCoturn({ secret, onExit: (reason) => ends.push(reason) });
    await first.stop();
    const second = await startCoturn({ secret, onExit: (reason) => ends.push(reason) });
    await second.kill();
    const third = await startCoturn({ secret, onExit: (reason) => ends.push(reason) });
    process.kill(third.pid, 'SIGKILL');
    while (ends.length === 0) await setImmediate();
    expect(ends).toEqual(['SIGKILL']);
  });

  it('is an error in words where there is none', async () => {
    await expect(startCoturn({ secret, program: '/nowhere/turnserver' })).rejects.toThrow('Coturn did not start');
    await expect(startCoturn({ secret, program: '/bin/false' })).rejects.toThrow('before it was ready');
    await expect(startCoturn({ secret: 'two\nlines' })).rejects.toThrow('ASCII');
  });
});

describe('a program in the background', () => {
  it('ends when the process that started it is killed', async () => {
    // The same guard, in a process of its own that can be killed: it prints the program's pid and waits.
    const program = `
      const { spawn } = require('node:child_process');
      const child = spawn('/bin/sleep', ['600'], { detached: true, stdio: 'ignore' });
      spawn('/bin/sh', ['-c', process.argv[1], 'watch', String(child.pid)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
      process.stdout.write(String(child.pid));
    `;
    const parent = spawn(process.execPath, ['-e', program, GuardedProcess.watch], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let pid = 0;
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      pid = Number(line.toString());
      expect(isAlive(pid)).toBe(true);
    } finally {
      parent.kill('SIGKILL');
    }
    while (isAlive(pid)) await setImmediate();
  });
});
