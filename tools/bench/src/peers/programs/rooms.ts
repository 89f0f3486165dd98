/** Who is where, as everyone writes it who has no rooms from a library. */
export class Rooms<C> {
  private readonly rooms = new Map<string, Set<C>>();

  join(room: string, client: C): void {
    const members = this.rooms.get(room) ?? new Set();
    this.rooms.set(room, members.add(client));
  }

  leave(client: C): void {
    for (const members of this.rooms.values()) members.delete(client);
  }

  in(room: string): Iterable<C> {
    return this.rooms.get(room) ?? [];
  }
}
