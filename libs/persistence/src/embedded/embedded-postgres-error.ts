/** The embedded Postgres cannot do what it should; the message says why, and what to do, for people. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const knownCauses: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, 'the disk is full. Free some space and start again.'],
  [/Read-only file system/, 'the disk is read-only. Set PARLEY_DATA to a folder that can be written.'],
  [/Permission denied/, 'a file or folder may not be read or written. Set PARLEY_DATA to a folder of your own.'],
  [
    /database files are incompatible with server/,
    'the data were written by another Postgres version. Use the Parley version that wrote them, or set DATABASE_URL.',
  ],
  [/could not (create|map|resize) shared memory/, 'the system gives it no shared memory. Raise its limit (/dev/shm).'],
];

/** Turns what a Postgres program printed into one sentence for people; what it does not know it quotes. */
export function inWords(what: string, output: string, log: string): EmbeddedPostgresError {
  const cause = knownCauses.find(([pattern]) => pattern.test(output))?.[1];
  if (cause !== undefined) return new EmbeddedPostgresError(`${what}: ${cause}`);
  const last = output.trim().split('\n').slice(-3).join(' · ');
  return new EmbeddedPostgresError(`${what}: ${last === '' ? 'it said nothing' : last} (more in ${log})`);
}
