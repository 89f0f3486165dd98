import { hash } from 'node:crypto';

/** What names a session outside its own table: whoever reads it cannot use the session. */
export function sessionHash(sid: string): Buffer {
  return hash('sha256', sid, 'buffer');
}
