import type { ExecutionContext } from '@nestjs/common';
import { allowanceNamespace, type AllowanceRequest } from '@parley/allowances/contract';
import type { BookingAccess } from '@parley/persistence';
import { formatTopic, parseTopic } from '@parley/protocol';
import { ExchangeAllowance } from './exchange.allowance';

const bookingId = '6f1c1f6e-0000-4000-8000-00000000beef';

/** Ann takes part in one booking; nobody else takes part in anything. */
class OneBooking implements Pick<BookingAccess, 'takesPart'> {
  readonly asked: string[] = [];

  takesPart(userId: string, id: string): Promise<boolean> {
    this.asked.push(id);
    return Promise.resolve(userId === 'ann' && id === bookingId);
  }
}

function ask(request: AllowanceRequest): ExecutionContext {
  return { switchToWs: () => ({ getData: () => request }) } as unknown as ExecutionContext;
}

describe('ExchangeAllowance', () => {
  let access: OneBooking;
  let guard: ExchangeAllowance;

  beforeEach(() => {
    access = new OneBooking();
    guard = new ExchangeAllowance(access as unknown as BookingAccess);
  });

  function allowed(userId: string, topicName: string, intent: AllowanceRequest['intent'] = 'subscribe') {
    return guard.canActivate(ask({ user: { id: userId, name: 'x' }, topic: parseTopic(topicName)!, intent }));
  }

  it('answers for the namespace exchange', () => {
    expect(allowanceNamespace(ExchangeAllowance)).toBe('exchange');
  });

  it.each(['subscribe', 'publish', 'store'] as const)('[S5] lets a participant %s', async (intent) => {
    for (const feature of ['text', 'call', 'whiteboard']) {
      expect(await allowed('ann', formatTopic('exchange', feature, bookingId), intent)).toBe(true);
    }
  });

  it('[S1] refuses who does not take part, and a booking that does not exist', async () => {
    expect(await allowed('ben', `exchange/text:${bookingId}`)).toBe(false);
    expect(await allowed('ann', 'exchange/text:6f1c1f6e-0000-4000-8000-000000000000')).toBe(false);
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
