import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Booking, BookingParticipant, Exchange, User } from '@parley/persistence';
import type { DemoPerson } from '@parley/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { Recurring } from '../recurring';
import { demoBookings, type DemoBooking } from './demo-bookings';
import { demoPeople } from './demo-people';

const RENEW_MS = 60_000;

/** Makes the demo's people and bookings, at each start, and moves the bookings along as time passes. */
@Injectable()
export class DemoSeed implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DemoSeed.name);
  private renewal: Recurring | undefined;

  constructor(private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.seed(new Date(), 'start');
    this.renewal = new Recurring({
      everyMs: RENEW_MS,
      work: () => this.seed(new Date(), 'meanwhile'),
      onTrouble: (error) => this.logger.warn(`The demo's bookings are not moved along; trying on. ${String(error)}`),
    });
  }

  onModuleDestroy(): void {
    this.renewal?.stop();
  }

  /** @param occasion at a start, a demo booking that someone cancelled or ended comes back; while people use it, it does not */
  async seed(now: Date, occasion: 'start' | 'meanwhile'): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const ids = await seedPeople(manager);
      for (const demo of demoBookings) await seedBooking(manager, demo, ids, now, occasion);
    });
  }
}

async function seedPeople(manager: EntityManager): Promise<ReadonlyMap<DemoPerson, string>> {
  const ids = new Map<DemoPerson, string>();
  for (const { person, id: given, email, name } of demoPeople) {
    await manager.createQueryBuilder().insert().into(User).values({ id: given, email, name }).orIgnore().execute();
    const { id } = await manager.findOneByOrFail(User, { email });
    ids.set(person, id);
  }
  return ids;
}

async function seedBooking(
  manager: EntityManager,
  demo: DemoBooking,
  ids: ReadonlyMap<DemoPerson, string>,
  now: Date,
  occasion: 'start' | 'meanwhile',
): Promise<void> {
  const userIds = demo.people.flatMap((person) => ids.get(person) ?? []);
  const [hostId] = userIds;
  const { id, title } = demo;
  const found = await manager.findOneBy(Booking, { id });
  const exchange = await manager.findOneBy(Exchange, { id });
  const over = found?.cancelledAt != null || exchange?.endedAt != null;
  const revive = found !== null && over && occasion === 'start';
  if (found !== null && !revive && !demo.outdated(found.startsAt, found.endsAt, now)) return;
  const fresh = { id, title, hostId, timeZone: 'Europe/Madrid', ...demo.times(now) };
  await manager.upsert(Booking, { ...fresh, cancelledAt: null }, ['id']);
  await manager.update(Exchange, { id }, { endedAt: null });
  if (found !== null && !revive) return;
  await manager.upsert(
    BookingParticipant,
    userIds.map((userId) => ({ bookingId: id, userId, removedAt: null })),
    ['bookingId', 'userId'],
  );
}
