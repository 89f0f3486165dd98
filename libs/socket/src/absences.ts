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
  readonly rooms: Set<TopicRoom>;
}

interface Timed extends Absence {
  timer: NodeJS.Timeout;
}

/**
 * Connections that ended uncleanly. For the grace period their users count as present, so that a network that changes
 * makes nobody flicker; a socket that resumes the connection and subscribes again was never away (T4, U3).
 */
@Injectable()
export class Absences implements OnModuleInit, OnApplicationShutdown {
  private readonly byId = new Map<string, Timed>();
  private endings: RxSubscription | undefined;

  constructor(
    @Inject(SessionEnds) private readonly sessionEnds: SessionEnds,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {}

  onModuleInit(): void {
    this.endings = this.sessionEnds.ended$.subscribe((sessionId) => {
      for (const absence of this.byId.values()) if (absence.principal.sessionId === sessionId) this.end(absence);
    });
  }

  onApplicationShutdown(): void {
    this.endings?.unsubscribe();
    for (const { timer } of this.byId.values()) clearTimeout(timer);
    this.byId.clear();
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
    const absence = this.byId.get(id) ?? { connectionId: id, principal, rooms: new Set(), timer: this.clock(id) };
    for (const room of subscriptions.values()) absence.rooms.add(room);
    this.byId.set(id, absence);
    this.restart(absence);
  }

  /**
   * A socket took the connection up again; from now on there is a grace period for subscribing again.
   *
   * @returns whether there was something to take up
   */
  resume(connectionId: string): boolean {
    const absence = this.byId.get(connectionId);
    if (absence === undefined) return false;
    this.restart(absence);
    return true;
  }

  /** The connection will not come back to this topic, or to any. */
  leave(connectionId: string, topicName?: string): void {
    const absence = this.byId.get(connectionId);
    if (absence === undefined) return;
    if (topicName === undefined) this.end(absence);
    else for (const room of absence.rooms) if (room.name === topicName) this.depart(absence, room);
  }

  private depart({ connectionId, principal, rooms }: Absence, room: TopicRoom): void {
    rooms.delete(room);
    room.depart(connectionId, principal);
  }

  private end(absence: Timed): void {
    clearTimeout(absence.timer);
    this.byId.delete(absence.connectionId);
    for (const room of absence.rooms) this.depart(absence, room);
  }

  private restart(absence: Timed): void {
    clearTimeout(absence.timer);
    absence.timer = this.clock(absence.connectionId);
  }

  private clock(connectionId: string): NodeJS.Timeout {
    return setTimeout(() => {
      this.leave(connectionId);
    }, this.options.limits.graceMs).unref();
  }
}
