import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CloseCode } from '@parley/protocol';
import type { Subscription as RxSubscription } from 'rxjs';
import type { Connection } from './connection';
import { SessionEnds } from './ports';

/** How long an ended session is remembered, so that an upgrade that was under way meanwhile does not slip through. */
const REMEMBERED_MS = 60_000;

/** Ours, and RFC 6455 §7.1.5: no code, no goodbye. */
const knownCodes: ReadonlySet<number> = new Set([...Object.values(CloseCode), 1005, 1006]);

/** Every open connection of this node, findable by what can end it. */
@Injectable()
export class Connections implements OnModuleInit, OnApplicationShutdown {
  private readonly byId = new Map<string, Connection>();
  private readonly byUser = new Map<string, Set<Connection>>();
  private readonly bySession = new Map<string, Set<Connection>>();
  private readonly endedSessions = new Map<string, number>();
  private endings: RxSubscription | undefined;

  /** For the metrics: connections that ended, by their close code, since the start; 0 for what peers made up. */
  readonly ended = new Map<number, number>();

  constructor(@Inject(SessionEnds) private readonly sessionEnds: SessionEnds) {}

  onModuleInit(): void {
    this.endings = this.sessionEnds.ended$.subscribe((sessionId) => {
      this.endSession(sessionId);
    });
  }

  onApplicationShutdown(): void {
    this.endings?.unsubscribe();
  }

  get size(): number {
    return this.byId.size;
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.byId.values();
  }

  /** Of thousands, for what is done several times a second: an iterator makes an object for each. */
  forEach(visit: (connection: Connection) => void): void {
    this.byId.forEach(visit);
  }

  find(connectionId: string): Connection | undefined {
    return this.byId.get(connectionId);
  }

  /** This user's, or everyone's. */
  of(userId: string | undefined): Iterable<Connection> {
    return userId === undefined ? this : (this.byUser.get(userId) ?? []);
  }

  ofUser(userId: string): number {
    return this.byUser.get(userId)?.size ?? 0;
  }

  add(connection: Connection): void {
    const { userId, sessionId } = connection.principal;
    this.byId.set(connection.id, connection);
    include(this.byUser, userId, connection);
    include(this.bySession, sessionId, connection);
    if (this.endedSessions.has(sessionId)) closeSignedOut(connection);
  }

  count(closeCode: number): void {
    const code = knownCodes.has(closeCode) ? closeCode : 0;
    this.ended.set(code, (this.ended.get(code) ?? 0) + 1);
  }

  /** Whether the session ended a moment ago. */
  isOver(sessionId: string): boolean {
    return this.endedSessions.has(sessionId);
  }

  /** @returns whether it was here under its id */
  remove(connection: Connection): boolean {
    if (this.byId.get(connection.id) !== connection) return false;
    this.byId.delete(connection.id);
    exclude(this.byUser, connection.principal.userId, connection);
    exclude(this.bySession, connection.principal.sessionId, connection);
    return true;
  }

  /** T5. */
  private endSession(sessionId: string): void {
    const now = Date.now();
    for (const [ended, at] of this.endedSessions) {
      // Insertion order is order of time, so the first young one ends the search.
      if (now - at < REMEMBERED_MS) break;
      this.endedSessions.delete(ended);
    }
    this.endedSessions.set(sessionId, now);
    for (const connection of this.bySession.get(sessionId) ?? []) closeSignedOut(connection);
  }
}

function closeSignedOut(connection: Connection): void {
  connection.close(CloseCode.sessionEnded, 'The session ended. Sign in again.');
}

function include(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const entry = index.get(key);
  if (entry === undefined) index.set(key, new Set([connection]));
  else entry.add(connection);
}

function exclude(index: Map<string, Set<Connection>>, key: string, connection: Connection): void {
  const entry = index.get(key);
  entry?.delete(connection);
  if (entry?.size === 0) index.delete(key);
}
