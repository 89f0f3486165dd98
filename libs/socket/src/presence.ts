import { participantColour, type Participant } from '@parley/protocol';
import type { Principal } from './ports';

interface Present {
  readonly name: string;
  readonly connectionIds: string[];
}

/** Who is in one topic, grouped by user: several tabs are one participant (U1). */
export class Presence {
  private readonly users = new Map<string, Present>();

  get isEmpty(): boolean {
    return this.users.size === 0;
  }

  /** The participant as they are with this connection; undefined when it counted as present already (U3). */
  join(connectionId: string, { userId, name }: Principal): Participant | undefined {
    const present = this.users.get(userId) ?? { name, connectionIds: [] };
    if (present.connectionIds.includes(connectionId)) return undefined;
    present.connectionIds.push(connectionId);
    this.users.set(userId, present);
    return participant(userId, present);
  }

  /** The participant as they are without this connection, no connectionIds when they left (U2); undefined when it was not present. */
  leave(connectionId: string, { userId }: Principal): Participant | undefined {
    const present = this.users.get(userId);
    const index = present?.connectionIds.indexOf(connectionId) ?? -1;
    if (present === undefined || index < 0) return undefined;
    present.connectionIds.splice(index, 1);
    if (present.connectionIds.length === 0) this.users.delete(userId);
    return participant(userId, present);
  }

  list(): readonly Participant[] {
    return [...this.users].map(([userId, present]) => participant(userId, present));
  }
}

function participant(userId: string, { name, connectionIds }: Present): Participant {
  return { userId, name, colour: participantColour(userId), connectionIds: [...connectionIds] };
}
