import {
  Injectable,
  SetMetadata,
  UseGuards,
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Intent } from '@parley/allowances/contract';
import type { DecodedFrame } from '@parley/protocol';
import { AllowanceDesk } from './allowance-desk';
import type { Connection } from './connection';
import { forbidden, forbiddenForNow, notSubscribed } from './protocol-error';
import { TopicHub } from './topic-hub';

const INTENT = Symbol('parley:intent');

/** A handler of the gateway that needs the namespace's allowance for this intent. */
export function Allowed(intent: Exclude<Intent, 'store'>): MethodDecorator {
  return applyDecorators(SetMetadata(INTENT, intent), UseGuards(TopicAllowance));
}

/** Stands before the gateway's handlers and asks the guard of the topic's namespace. */
@Injectable()
export class TopicAllowance implements CanActivate {
  constructor(
    private readonly desk: AllowanceDesk,
    private readonly hub: TopicHub,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const connection = context.switchToWs().getClient<Connection>();
    const { topic, store } = context.switchToWs().getData<DecodedFrame>();
    const intent = Reflect.getMetadata(INTENT, context.getHandler()) as Intent;
    if (topic === undefined) throw forbidden();
    if (intent !== 'subscribe' && !connection.subscriptions.has(topic.name)) throw notSubscribed();
    const answer = await this.desk.allows(connection, topic, intent === 'publish' && store ? 'store' : intent);
    if (answer === 'yes') return true;
    if (answer === 'no' && intent === 'subscribe') this.hub.shutOut(connection, topic.name);
    throw answer === 'no' ? forbidden() : forbiddenForNow();
  }
}
