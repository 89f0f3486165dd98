import { participantColour, type Participant } from '@parley/protocol';
import type { Principal } from './ports';

interface Present {
  readonly name: string;
  readonly connectionIds: string[];
}

/** Who is in one topic, grouped by user: several tabs are one participant (U1). */
export class Presence {
  private readonly users = new Map<string, Present>();

  /** The participant as they are with this connection. */
  join(connectionId: string, { userId, name }: Principal): Participant {
    const present = this.users.get(userId);
    if (present === undefined) this.users.set(userId, { name, connectionIds: [connectionId] });
    else if (!present.connectionIds.includes(connectionId)) present.connectionIds.push(connectionId);
    return this.participant(userId, this.users.get(userId) ?? { name, connectionIds: [connectionId] });
  }

  /** The participant as they are without this connection; no connectionIds: they left (U2). */
  leave(connectionId: string, { userId, name }: Principal): Participant {
    const present = this.users.get(userId);
    const index = present?.connectionIds.indexOf(connectionId) ?? -1;
    if (index >= 0) present?.connectionIds.splice(index, 1);
    if (present?.connectionIds.length === 0) this.users.delete(userId);
    return this.participant(userId, present ?? { name, connectionIds: [] });
  }

  list(): readonly Participant[] {
    return [...this.users].map(([userId, present]) => this.participant(userId, present));
  }

  private participant(userId: string, { name, connectionIds }: Present): Participant {
    return { userId, name, colour: participantColour(userId), connectionIds: [...connectionIds] };
  }
}
