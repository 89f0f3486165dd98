import { Inject, Injectable, type CanActivate, type OnModuleInit, type Type } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { lastValueFrom, isObservable } from 'rxjs';
import { allowanceNamespace, type AllowanceRequest } from './allowance';
import { AllowanceContext } from './allowance-context';

/**
 * A server's topic namespaces, each with the Nest module that provides its guard. What is not in the table is refused
 * (S2), whatever guards happen to be around.
 */
export type AllowanceTable = Readonly<Record<string, Type>>;

export const ALLOWANCE_TABLE = Symbol('parley:allowance-table');

/** Finds the guard of each namespace through Nest's injector, and puts questions to them. */
@Injectable()
export class AllowanceRegistry implements OnModuleInit {
  private readonly guards = new Map<string, CanActivate>();

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(ALLOWANCE_TABLE) private readonly table: AllowanceTable,
  ) {}

  /** @throws Error when a namespace has two guards or none, or a guard is not in the table: the server does not start */
  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function') continue;
      const namespace = allowanceNamespace(metatype as Type<CanActivate>);
      if (namespace !== undefined) this.add(namespace, instance as CanActivate);
    }
    const unguarded = Object.keys(this.table).filter((namespace) => !this.guards.has(namespace));
    if (unguarded.length > 0) {
      throw new Error(
        `No guard has @Allowance('${unguarded.join("'), @Allowance('")}'). Provide it in the module that the table names.`,
      );
    }
  }

  /**
   * Puts the question to the namespace's guard. No guard: refused (S2).
   *
   * @throws whatever the guard throws; the caller counts that as a refusal (S5)
   */
  async ask(request: AllowanceRequest): Promise<boolean> {
    const guard = this.guards.get(request.topic.namespace);
    if (guard === undefined) return false;
    const context = new AllowanceContext(guard.constructor as Type, request);
    const given = await guard.canActivate(context);
    const answer: unknown = isObservable(given) ? await lastValueFrom(given, { defaultValue: false }) : given;
    // Only true allows: whatever slips past the types of a guard is no reason to let someone in.
    return answer === true;
  }

  private add(namespace: string, guard: CanActivate): void {
    if (!Object.hasOwn(this.table, namespace)) {
      throw new Error(
        `${guard.constructor.name} answers for '${namespace}', which the table of allowances does not list.`,
      );
    }
    const other = this.guards.get(namespace);
    if (other !== undefined) {
      throw new Error(
        `'${namespace}' has two guards: ${other.constructor.name} and ${guard.constructor.name}. Keep one.`,
      );
    }
    this.guards.set(namespace, guard);
  }
}
