import type { CanActivate, Type } from '@nestjs/common';
import { parseTopic } from '@parley/protocol';
import { isObservable, lastValueFrom } from 'rxjs';
import { allowanceNamespace, type Intent } from '../allowance';
import { AllowanceContext } from '../allowance-context';

/** What a guard's author says about it, so that the suite can hold it to what every guard owes. */
export interface AllowanceCase {
  /** A guard whose world is prepared so that `insider` may do everything in `topic` and `outsider` nothing. */
  readonly guard: () => CanActivate | Promise<CanActivate>;
  readonly namespace: string;
  /** A topic that exists. */
  readonly topic: string;
  /** A well-formed topic of the same namespace that does not exist. */
  readonly missingTopic: string;
  /** A topic of the same namespace with an id that the guard's own storage could not even hold. */
  readonly oddTopic: string;
  readonly insider: string;
  readonly outsider: string;
}

const intents: readonly Intent[] = ['subscribe', 'publish', 'store'];

/** The suite that every allowance guard passes: it answers for its namespace, and it refuses unless it has a reason. */
export function describeAllowance(name: string, given: AllowanceCase): void {
  describe(`${name} keeps the contract of an allowance guard`, () => {
    async function ask(userId: string, topicName: string, intent: Intent): Promise<boolean> {
      const guard = await given.guard();
      const topic = parseTopic(topicName);
      if (topic === undefined) throw new Error(`Not a topic: ${topicName}`);
      const context = new AllowanceContext(guard.constructor as Type, {
        user: { id: userId, name: 'Ann' },
        topic,
        intent,
      });
      const answer = await guard.canActivate(context);
      return isObservable(answer) ? lastValueFrom(answer) : answer;
    }

    it('answers for its namespace', async () => {
      const guard = await given.guard();
      expect(allowanceNamespace(guard.constructor as Type<CanActivate>)).toBe(given.namespace);
    });

    it.each(intents)('[S1] lets the insider %s', async (intent) => {
      expect(await ask(given.insider, given.topic, intent)).toBe(true);
    });

    it.each(intents)('[S1] does not let the outsider %s', async (intent) => {
      expect(await ask(given.outsider, given.topic, intent)).toBe(false);
    });

    it.each(intents)('[S1] lets nobody %s where no topic is', async (intent) => {
      expect(await ask(given.insider, given.missingTopic, intent)).toBe(false);
      expect(await ask(given.insider, given.oddTopic, intent)).toBe(false);
    });
  });
}
