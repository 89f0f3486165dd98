import { messageSize } from './message-size';

describe('message size', () => {
  it('says nothing while there is room', () => {
    expect(messageSize('café 👩‍👩‍👧 日本語', 600)).toEqual({ tooLong: false, hint: '' });
  });

  it('counts bytes of the payload, as the server does', () => {
    const frame = '{"text":""}'.length;
    expect(messageSize('a'.repeat(600 - frame), 600)).toEqual({
      tooLong: false,
      hint: 'Room for about 0 characters more.',
    });
    expect(messageSize('a'.repeat(601 - frame), 600).tooLong).toBe(true);
    expect(messageSize('語'.repeat(200), 600)).toEqual({
      tooLong: true,
      hint: 'Too long by about 11 characters. Send it in two parts.',
    });
    expect(messageSize('\n'.repeat(290), 600).hint).toBe('Room for about 9 characters more.');
  });
});
