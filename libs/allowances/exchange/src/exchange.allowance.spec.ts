import type { ExecutionContext } from '@nestjs/common';
import type { AllowanceRequest } from '@parley/allowances/contract';
import { describeAllowance } from '@parley/allowances/contract/testing';
import type { BookingAccess, ExchangeAccess } from '@parley/persistence';
import { formatTopic, parseTopic } from '@parley/protocol';
import { ExchangeAllowance } from './exchange.allowance';

const bookingId = '6f1c1f6e-0000-4000-8000-00000000beef';
const endedId = '6f1c1f6e-0000-4000-8000-0000000e0ded';
const missingId = '6f1c1f6e-0000-4000-8000-000000000000';

/** Ann takes part in two bookings, of which one's exchange has ended; nobody else takes part in anything. */
class TwoBookings implements Pick<BookingAccess, 'toExchange'> {
  readonly asked: string[] = [];

  toExchange(userId: string, id: string): Promise<ExchangeAccess> {
    this.asked.push(id);
    if (userId !== 'ann') return Promise.resolve('none');
    return Promise.resolve(id === bookingId ? 'write' : id === endedId ? 'read' : 'none');
  }
}

const guardOf = (access: TwoBookings): ExchangeAllowance => new ExchangeAllowance(access as unknown as BookingAccess);

describeAllowance('ExchangeAllowance', {
  guard: () => guardOf(new TwoBookings()),
  namespace: 'exchange',
  topic: `exchange/text:${bookingId}`,
  missingTopic: `exchange/text:${missingId}`,
  oddTopic: 'exchange/text:-',
  insider: 'ann',
  outsider: 'cleo',
});

function ask(request: AllowanceRequest): ExecutionContext {
  return { switchToWs: () => ({ getData: () => request }) } as unknown as ExecutionContext;
}

describe('ExchangeAllowance', () => {
  let access: TwoBookings;
  let guard: ExchangeAllowance;

  beforeEach(() => {
    access = new TwoBookings();
    guard = guardOf(access);
  });

  function allowed(userId: string, topicName: string, intent: AllowanceRequest['intent'] = 'subscribe') {
    return guard.canActivate(ask({ user: { id: userId, name: 'x' }, topic: parseTopic(topicName)!, intent }));
  }

  it.each(['subscribe', 'publish', 'store'] as const)('[S5] lets a participant %s', async (intent) => {
    for (const feature of ['text', 'call', 'whiteboard']) {
      expect(await allowed('ann', formatTopic('exchange', feature, bookingId), intent)).toBe(true);
    }
  });

  it('[S5] [A3] lets a participant only read what has ended', async () => {
    for (const feature of ['text', 'call', 'whiteboard']) {
      const topic = formatTopic('exchange', feature, endedId);
      expect(await allowed('ann', topic, 'subscribe')).toBe(true);
      expect(await allowed('ann', topic, 'publish')).toBe(false);
      expect(await allowed('ann', topic, 'store')).toBe(false);
      expect(await allowed('ben', topic, 'subscribe')).toBe(false);
    }
  });

  it('[S1] refuses who does not take part, and a booking that does not exist', async () => {
    expect(await allowed('ben', `exchange/text:${bookingId}`)).toBe(false);
    expect(await allowed('ann', `exchange/text:${missingId}`)).toBe(false);
  });

  it.each([
    `exchange/files:${bookingId}`,
    `exchange/text:${bookingId.toUpperCase()}`,
    'exchange/text:1',
    `exchange/text:${bookingId}0`,
    `exchange/text:x${bookingId}`,
  ])('[S1] refuses %s without asking', async (topic) => {
    expect(await allowed('ann', topic)).toBe(false);
    expect(access.asked).toEqual([]);
  });
});
