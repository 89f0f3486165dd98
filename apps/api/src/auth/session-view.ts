import type { Session } from '@parley/protocol';
import type { User } from '@parley/persistence';

export function sessionView({ id, email, name }: User): Session {
  return { user: { id, email, name } };
}
