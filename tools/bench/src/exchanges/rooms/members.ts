import type { WebSocket } from 'ws';

/** Who is in which room, for servers that bring no rooms. */
export class Members {
  private readonly rooms = new Map<string, Set<WebSocket>>();

  join(client: WebSocket, names: readonly string[]): void {
    for (const name of names) {
      const members = this.rooms.get(name) ?? new Set();
      this.rooms.set(name, members.add(client));
    }
    client.once('close', () => {
      for (const name of names) this.leave(client, name);
    });
  }

  /** Read once and sent in a loop: what an application does that knows no better, and does not know worse. */
  tell(name: string, event: string, data: unknown): void {
    const text = JSON.stringify({ event, data });
    for (const member of this.rooms.get(name) ?? []) member.send(text);
  }

  private leave(client: WebSocket, name: string): void {
    const members = this.rooms.get(name);
    members?.delete(client);
    if (members?.size === 0) this.rooms.delete(name);
  }
}
