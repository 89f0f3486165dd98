import {
  SetMetadata,
  applyDecorators,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { isNamespace, type Topic } from '@parley/protocol';

/** What someone wants to do in a topic (S5). `publish` is any custom action, `store` one that is to be kept. */
export type Intent = 'subscribe' | 'publish' | 'store';

/** What an allowance guard is asked. */
export interface AllowanceRequest {
  readonly user: { readonly id: string; readonly name: string };
  readonly topic: Topic;
  readonly intent: Intent;
}

const NAMESPACE = Symbol('parley:allowance-namespace');

/**
 * Makes a Nest guard the one that answers for a topic namespace. The guard is a provider like any other: it injects
 * what it needs and reads the question with {@link allowanceRequest}.
 *
 * @example
 * \@Allowance('exchange')
 * export class ExchangeAllowance implements CanActivate { … }
 *
 * @throws RangeError when the namespace does not follow the topic grammar
 */
export function Allowance(namespace: string): ClassDecorator {
  if (!isNamespace(namespace)) throw new RangeError(`Not a topic namespace: ${namespace}`);
  return applyDecorators(Injectable(), SetMetadata(NAMESPACE, namespace));
}

/** The namespace that a class answers for, or undefined when it is no allowance guard. */
export function allowanceNamespace(guard: Type<CanActivate>): string | undefined {
  return Reflect.getMetadata(NAMESPACE, guard) as string | undefined;
}

/** The question that a guard is asked, out of Nest's execution context. */
export function allowanceRequest(context: ExecutionContext): AllowanceRequest {
  return context.switchToWs().getData<AllowanceRequest>();
}
