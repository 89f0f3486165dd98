import { Module } from '@nestjs/common';
import { ExchangeAllowance } from './exchange.allowance';

/** Needs `BookingAccess`, which the global PersistenceModule gives. */
@Module({ providers: [ExchangeAllowance], exports: [ExchangeAllowance] })
export class ExchangeAllowanceModule {}
