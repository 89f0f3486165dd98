import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { parseTopic } from '@parley/protocol';
import { of } from 'rxjs';
import { Allowance, allowanceRequest, type AllowanceRequest, type Intent } from './allowance';
import { AllowanceRegistry, type AllowanceTable } from './allowance-registry';
import { AllowancesModule } from './allowances.module';

@Allowance('desk')
class DeskAllowance implements CanActivate {
  canActivate(context: ExecutionContext) {
    const { user, topic, intent } = allowanceRequest(context);
    return of(user.id === 'ann' && topic.id === '1' && intent !== 'store');
  }
}
@Module({ providers: [DeskAllowance] })
class DeskModule {}

@Allowance('desk')
class SecondDeskAllowance extends DeskAllowance {}
@Module({ providers: [SecondDeskAllowance] })
class SecondDeskModule {}

@Module({})
class EmptyModule {}

async function registry(table: AllowanceTable): Promise<AllowanceRegistry> {
  const app = await Test.createTestingModule({ imports: [AllowancesModule.forRoot(table)] }).compile();
  await app.init();
  return app.get(AllowanceRegistry);
}

function request(userId: string, topicName: string, intent: Intent): AllowanceRequest {
  const topic = parseTopic(topicName);
  if (topic === undefined) throw new Error(topicName);
  return { user: { id: userId, name: 'Ann' }, topic, intent };
}

describe('AllowanceRegistry', () => {
  it('[S1] [S5] asks the guard of the namespace, with the intent', async () => {
    const guards = await registry({ desk: DeskModule });
    expect(await guards.ask(request('ann', 'desk/text:1', 'subscribe'))).toBe(true);
    expect(await guards.ask(request('ann', 'desk/text:1', 'store'))).toBe(false);
    expect(await guards.ask(request('ben', 'desk/text:1', 'subscribe'))).toBe(false);
  });

  it('[S2] refuses a namespace without a guard', async () => {
    const guards = await registry({ desk: DeskModule });
    expect(await guards.ask(request('ann', 'other/text:1', 'subscribe'))).toBe(false);
    expect(await guards.ask(request('ann', 'constructor/text:1', 'subscribe'))).toBe(false);
  });

  it('[S2] does not start with two guards for one namespace', async () => {
    await expect(registry({ desk: DeskModule, other: SecondDeskModule })).rejects.toThrow(
      /'desk' has two guards: .*DeskAllowance/,
    );
  });

  it('does not start with a namespace that no guard answers for', async () => {
    await expect(registry({ desk: EmptyModule })).rejects.toThrow(/No guard has @Allowance\('desk'\)/);
  });

  it('does not start with a guard that the table does not list', async () => {
    await expect(registry({ other: DeskModule })).rejects.toThrow(/DeskAllowance answers for 'desk', which the table/);
  });

  it('refuses a decorator whose namespace no topic can have', () => {
    expect(() => Allowance('Desk')).toThrow(RangeError);
  });
});
