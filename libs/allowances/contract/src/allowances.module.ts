import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ALLOWANCE_TABLE, AllowanceRegistry, type AllowanceTable } from './allowance-registry';

/** Brings a server's allowance guards on duty. */
@Module({})
export class AllowancesModule {
  static forRoot(table: AllowanceTable): DynamicModule {
    return {
      module: AllowancesModule,
      imports: [DiscoveryModule, ...new Set(Object.values(table))],
      providers: [{ provide: ALLOWANCE_TABLE, useValue: table }, AllowanceRegistry],
      exports: [AllowanceRegistry],
    };
  }
}
