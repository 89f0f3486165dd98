import type { AllowanceTable } from '@parley/allowances/contract';
import { ExchangeAllowanceModule } from '@parley/allowances/exchange';

/**
 * Every topic namespace of this server, and the module whose guard answers for it. A namespace that has no line here is
 * refused. docs/write-an-allowance.md shows how one is added.
 */
export const allowances: AllowanceTable = {
  exchange: ExchangeAllowanceModule,
};
