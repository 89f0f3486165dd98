import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Subscription as RxSubscription } from 'rxjs';
import type { Connection } from './connection';
import { SessionEnds, type Principal } from './ports';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import type { TopicRoom } from './topic-room';

/** A connection that may be resumed, and the topics in which its user counts as present meanwhile. */
export interface Absence {
  readonly connectionId: string;
  readonly principal: Principal;
  /** With the time at which each was lost, by `performance.now()`. */
  readonly rooms: Map<TopicRoom, number>;
}

interface Timed extends Absence {
  /** When the socket was lost last, by `performance.now()`. */
  lostAt: number;
  /** Another socket has taken the connection up: it has the grace period once more, to subscribe again. */
  resumed: boolean;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Connections that ended uncleanly. For the grace period their users count as present, so that a network that changes
 * makes nobody flicker; a socket that resumes the connection and subscribes again was never away (T4, U3).
 */
@Injectable()
export class Absences implements OnModuleInit, OnApplicationShutdown {
  private readonly byId = new Map<string, Timed>();
  /** In the order in which they were lost. */
  private readonly byUser = new Map<string, Set<Timed>>();
  private endings: RxSubscription | undefined;

  constructor(
    @Inject(SessionEnds) private readonly sessionEnds: SessionEnds,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {}

  onModuleInit(): void {
    this.endings = this.sessionEnds.ended$.subscribe((sessionId) => {
      for (const absence of this.byId.values()) if (absence.principal.sessionId === sessionId) this.finish(absence);
    });
  }

  onApplicationShutdown(): void {
    this.endings?.unsubscribe();
    for (const { timer } of this.byId.values()) clearTimeout(timer);
    this.byId.clear();
    this.byUser.clear();
  }

  [Symbol.iterator](): IterableIterator<Absence> {
    return this.byId.values();
  }

  /** Whether this session may take up this connection again. */
  holds(connectionId: string, sessionId: string): boolean {
    return this.byId.get(connectionId)?.principal.sessionId === sessionId;
  }

  /** The connection is gone and may come back; its topics are no longer delivered to it. */
  begin({ id, principal, subscriptions }: Connection): void {
    const lostAt = performance.now();
    const known = this.byId.get(id);
    // What it had not subscribed to again keeps its time: losing one socket after the other makes nobody stay.
    const rooms = known?.rooms ?? new Map<TopicRoom, number>();
    for (const room of subscriptions.values()) rooms.set(room, lostAt);
    if (known !== undefined) this.forget(known);
    this.remember({ connectionId: id, principal, rooms, lostAt, resumed: false, timer: undefined });
  }

  /**
   * A socket took the connection up again.
   *
   * @returns whether there was something to take up
   */
  resume(connectionId: string): boolean {
    const absence = this.byId.get(connectionId);
    if (absence === undefined) return false;
    absence.resumed = true;
    this.look(absence);
    return true;
  }

  /** The connection is subscribed to the topic again. */
  arrive(connectionId: string, room: TopicRoom): void {
    this.byId.get(connectionId)?.rooms.delete(room);
  }

  /** The connection will not come back to this topic. */
  leave(connectionId: string, topicName: string): void {
    const absence = this.byId.get(connectionId);
    if (absence === undefined) return;
    for (const room of absence.rooms.keys()) if (room.name === topicName) depart(absence, room);
  }

  /** The connection will not come back. */
  end(connectionId: string): void {
    const absence = this.byId.get(connectionId);
    if (absence !== undefined) this.finish(absence);
  }

  private remember(absence: Timed): void {
    const { connectionId, principal } = absence;
    this.byId.set(connectionId, absence);
    const own = this.byUser.get(principal.userId) ?? new Set<Timed>();
    this.byUser.set(principal.userId, own.add(absence));
    // As with open ones: nobody has more of them than anyone may have.
    for (const oldest of own) {
      if (own.size <= this.options.limits.connectionsPerUser) break;
      this.finish(oldest);
    }
    this.look(absence);
  }

  private forget(absence: Timed): void {
    clearTimeout(absence.timer);
    if (this.byId.get(absence.connectionId) === absence) this.byId.delete(absence.connectionId);
    const own = this.byUser.get(absence.principal.userId);
    own?.delete(absence);
    if (own?.size === 0) this.byUser.delete(absence.principal.userId);
  }

  private finish(absence: Timed): void {
    this.forget(absence);
    for (const room of absence.rooms.keys()) depart(absence, room);
  }

  /** Lets go of what is over, and looks again when the next thing is. */
  private look(absence: Timed): void {
    clearTimeout(absence.timer);
    const now = performance.now();
    const grace = this.options.limits.graceMs * (absence.resumed ? 2 : 1);
    for (const [room, lostAt] of absence.rooms) if (lostAt + grace <= now) depart(absence, room);
    if (absence.lostAt + grace <= now) {
      this.finish(absence);
      return;
    }
    const next = Math.min(absence.lostAt, ...absence.rooms.values()) + grace;
    absence.timer = setTimeout(() => {
      this.look(absence);
    }, next - now).unref();
  }
}

function depart({ connectionId, principal, rooms }: Absence, room: TopicRoom): void {
  rooms.delete(room);
  room.depart(connectionId, principal);
}
