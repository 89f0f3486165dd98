/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- Nest's interface has these parameters */
import type { ContextType, ExecutionContext, Type } from '@nestjs/common';
import type { AllowanceRequest } from './allowance';

/**
 * The execution context of one question to a guard. A question is not always a message: a lease that runs out is asked
 * again with no frame in hand, so the context carries the request and nothing of the wire.
 */
export class AllowanceContext implements ExecutionContext {
  constructor(
    private readonly guard: Type,
    private readonly request: AllowanceRequest,
  ) {}

  getClass<T>(): Type<T> {
    return this.guard as Type<T>;
  }

  getHandler(): () => unknown {
    const { canActivate } = this.guard.prototype as { canActivate: () => unknown };
    return canActivate;
  }

  getArgs<T extends unknown[]>(): T {
    return [undefined, this.request] as unknown[] as T;
  }

  getArgByIndex<T>(index: number): T {
    return this.getArgs()[index] as T;
  }

  getType<T extends string = ContextType>(): T {
    return 'ws' as T;
  }

  switchToWs() {
    return {
      getData: <T>() => this.request as T,
      getClient: <T>() => undefined as T,
      getPattern: () => this.request.intent,
    };
  }

  switchToHttp(): never {
    throw new Error('An allowance guard is asked about a topic; there is no HTTP request.');
  }

  switchToRpc(): never {
    throw new Error('An allowance guard is asked about a topic; there is no RPC call.');
  }
}
