import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { VenueOptions } from './venue';

/** Settings of our server's process: what Node does for a profile, or to be looked into. */
export function serverEnv({
  profile,
  nodeOptions = [],
}: Pick<VenueOptions, 'profile' | 'nodeOptions'>): Readonly<Record<string, string>> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder(profile)}`];
  const all = [...nodeOptions, ...profiling];
  return all.length === 0 ? {} : { NODE_OPTIONS: all.join(' ') };
}

function folder(name: string): string {
  const path = resolve(name);
  mkdirSync(path, { recursive: true });
  return path;
}
