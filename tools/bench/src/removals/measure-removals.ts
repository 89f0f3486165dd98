import { HttpPerson } from '@parley/harness';
import { ascending, quantile } from '../stack/quantile';
import { Seeded } from '../stack/seeded';
import { Stack } from '../stack/stack';
import { endExchange } from './end-exchange';
import { Room } from './room';
import { sendOut, type SentOut } from './send-out';

export interface RemovalOptions {
  /** People removed, one after the other in each of the rooms. */
  readonly removals: number;
  /** Bookings cancelled, and exchanges ended. */
  readonly cancels: number;
  readonly ends: number;
  readonly rooms: number;
  readonly seed: number;
  /** Another build of the server, inside the workspace. */
  readonly program?: string | undefined;
}

/** Milliseconds. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly worst: number;
}

export interface RemovalFigures {
  readonly removal: { readonly fromRequest: Spread; readonly fromAnswer: Spread };
  readonly cancel: { readonly fromRequest: Spread; readonly fromAnswer: Spread };
  readonly end: { readonly fromRequest: Spread };
  /** Of all of them, those whose socket was never told. */
  readonly untold: number;
  /** Ids of messages that reached someone although sending them began after they were out. */
  readonly leaked: readonly string[];
  /** Ids of messages that were accepted although sending them began after the end. */
  readonly acceptedAfterEnd: readonly string[];
  readonly refusedAfterEnd: number;
  /** Messages of the others, all in all. */
  readonly said: number;
}

/** People are sent out of meetings in which others talk all the time. */
export async function measureRemovals(options: RemovalOptions): Promise<RemovalFigures> {
  const stack = await Stack.start({ program: options.program });
  const rooms: Room[] = [];
  try {
    const random = new Seeded(options.seed);
    const open = async (name: string): Promise<Room> => {
      const room = await Room.open(await threePeople(stack, name), name, random.fork());
      rooms.push(room);
      return room;
    };
    const lasting: Room[] = [];
    for (let number = 1; number <= options.rooms; number += 1) lasting.push(await open(`r${number}`));
    const removed = (
      await Promise.all(lasting.map((room, index) => removeAgainAndAgain(room, shareOf(options, index))))
    ).flat();
    const cancelled: SentOut[] = [];
    for (let number = 1; number <= options.cancels; number += 1) {
      const room = await open(`c${number}`);
      cancelled.push(await sendOut(room, 'DELETE', `/api/bookings/${room.booking.id}`));
    }
    const ended = [];
    for (let number = 1; number <= options.ends; number += 1) ended.push(await endExchange(await open(`e${number}`)));
    const sentOut = [...removed, ...cancelled];
    return {
      removal: spreads(removed),
      cancel: spreads(cancelled),
      end: { fromRequest: spread(ended.map(({ fromRequest }) => fromRequest)) },
      untold: [...sentOut, ...ended].filter(({ fromRequest }) => fromRequest === undefined).length,
      leaked: sentOut.flatMap(({ leaked }) => leaked),
      acceptedAfterEnd: ended.flatMap(({ accepted }) => accepted),
      refusedAfterEnd: ended.reduce((sum, { refused }) => sum + refused, 0),
      said: rooms.reduce((sum, { talkers }) => sum + talkers.reduce((own, { sentAt }) => own + sentAt.size, 0), 0),
    };
  } finally {
    await Promise.all(rooms.map((room) => room.close()));
    await stack.stop();
  }
}

async function threePeople({ server }: Stack, name: string): Promise<[HttpPerson, HttpPerson, HttpPerson]> {
  return [
    await HttpPerson.register(server, `Host ${name}`),
    await HttpPerson.register(server, `Other ${name}`),
    await HttpPerson.register(server, `Guest ${name}`),
  ];
}

function shareOf({ removals, rooms }: RemovalOptions, index: number): number {
  return Math.floor(removals / rooms) + (index < removals % rooms ? 1 : 0);
}

async function removeAgainAndAgain(room: Room, times: number): Promise<SentOut[]> {
  const { booking, guest, host } = room;
  const path = `/api/bookings/${booking.id}/participants`;
  const sentOut: SentOut[] = [];
  for (let time = 1; time <= times; time += 1) {
    sentOut.push(await sendOut(room, 'DELETE', `${path}/${guest.userId}`));
    const { status } = await host.request('POST', path, { email: guest.email });
    if (status !== 200) throw new Error(`The guest could not be invited again: ${status}`);
  }
  return sentOut;
}

function spreads(sentOut: readonly SentOut[]): { fromRequest: Spread; fromAnswer: Spread } {
  return {
    fromRequest: spread(sentOut.map(({ fromRequest }) => fromRequest)),
    fromAnswer: spread(sentOut.map(({ fromAnswer }) => fromAnswer)),
  };
}

function spread(values: readonly (number | undefined)[]): Spread {
  const sorted = ascending(values.filter((value) => value !== undefined));
  return { count: sorted.length, median: quantile(sorted, 0.5), worst: quantile(sorted, 1) };
}
