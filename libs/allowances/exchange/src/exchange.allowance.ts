import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Allowance, allowanceRequest } from '@parley/allowances/contract';
import { BookingAccess } from '@parley/persistence';

const features: ReadonlySet<string> = new Set(['text', 'call', 'whiteboard']);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Who takes part in a booking may read and write in the topics of its exchange, `exchange/text:<booking id>` and the
 * like, and only read once the exchange has ended. Everyone and everything else is refused, in the same way whether or not the booking exists (S1).
 */
@Allowance('exchange')
export class ExchangeAllowance implements CanActivate {
  constructor(private readonly access: BookingAccess) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user, topic, intent } = allowanceRequest(context);
    // Lower case only: another spelling of the same id would be a second topic beside the first.
    if (!features.has(topic.feature) || !uuid.test(topic.id)) return false;
    const access = await this.access.toExchange(user.id, topic.id);
    return access === 'write' || (access === 'read' && intent === 'subscribe');
  }
}
