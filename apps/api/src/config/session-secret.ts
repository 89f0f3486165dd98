import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config';

/** The secret that signs session cookies: the configured one, else a random one that outlives a restart. */
export function sessionSecret(config: Pick<Config, 'sessionSecret' | 'dataFolder'>): string {
  if (config.sessionSecret !== undefined) return config.sessionSecret;
  const file = join(config.dataFolder, 'session-secret');
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o711 });
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
