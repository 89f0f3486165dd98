export { ExchangeAllowance } from './exchange.allowance';
export { ExchangeAllowanceModule } from './exchange-allowance.module';
