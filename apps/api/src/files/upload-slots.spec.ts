import type { ProblemException } from '../http/problem.exception';
import { UploadSlots } from './upload-slots';

function refusal(slots: UploadSlots, userId: string): unknown[] {
  try {
    slots.take(userId);
  } catch (error) {
    const { code, more } = error as ProblemException;
    return [code, more.headers];
  }
  return ['taken'];
}

describe('UploadSlots', () => {
  it('has as many for one user as are allowed, and another one when one is over', () => {
    const slots = new UploadSlots({ uploads: 10, uploadsPerUser: 2 });
    const [first] = [slots.take('ann'), slots.take('ann')];
    expect(refusal(slots, 'ann')).toEqual(['too-many-requests', { 'Retry-After': '5' }]);
    slots.take('ben');
    first();
    slots.take('ann');
    expect(() => slots.take('ann')).toThrow();
  });

  it('has as many for all as are allowed', () => {
    const slots = new UploadSlots({ uploads: 2, uploadsPerUser: 2 });
    const [first] = [slots.take('ann'), slots.take('ben')];
    expect(refusal(slots, 'cleo')).toEqual(['busy', { 'Retry-After': '5' }]);
    first();
    slots.take('cleo');
  });
});
