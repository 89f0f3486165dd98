import { UploadSlots } from './upload-slots';

describe('UploadSlots', () => {
  it('has as many for one user as are allowed, and another one when one is over', () => {
    const slots = new UploadSlots({ uploads: 10, uploadsPerUser: 2 });
    const [first] = [slots.take('ann'), slots.take('ann')];
    expect(() => slots.take('ann')).toThrow(
      expect.objectContaining({ code: 'too-many-requests', more: { headers: { 'Retry-After': '5' } } }),
    );
    slots.take('ben');
    first();
    slots.take('ann');
    expect(() => slots.take('ann')).toThrow();
  });

  it('has as many for all as are allowed', () => {
    const slots = new UploadSlots({ uploads: 2, uploadsPerUser: 2 });
    const [first] = [slots.take('ann'), slots.take('ben')];
    expect(() => slots.take('cleo')).toThrow(
      expect.objectContaining({ code: 'busy', more: { headers: { 'Retry-After': '5' } } }),
    );
    first();
    slots.take('cleo');
  });
});
