import { decodeAddress, encodeAddress } from './stun-address';
import { attribute, decodeStun, encodeStun, errorCodeOf, method, stunRequest, valueOf } from './stun-message';

const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/\s/g, ''), 'hex');

/** RFC 5769 §2.4: a Binding request with long-term credentials. */
const signedRequest = bytes(`
  00010060 2112a442 78ad3433c6ad72c029da412e
  00060012 e3839ee38388e383aae38383e382afe382b90000
  0015001c 662f2f3439396b3935346436 4f4c33346f4c39465354767936347341
  0014000b 6578616d706c652e6f726700
  00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`);

describe('STUN messages (RFC 8489)', () => {
  it('are read and signed as in RFC 5769', () => {
    const message = decodeStun(signedRequest);
    expect(message).toMatchObject({ class: 'request', method: method.binding });
    const attributes = message?.attributes.slice(0, -1) ?? [];
    const username = 'マトリックス';
    expect(attributes[0]?.value.toString('utf8')).toBe(username);
    const again = encodeStun(
      { class: 'request', method: method.binding, transactionId: bytes('78ad3433c6ad72c029da412e'), attributes },
      { username, realm: 'example.org', password: 'TheMatrIX' },
    );
    expect(again.toString('hex')).toBe(signedRequest.toString('hex'));
  });

  it('name an error by its code', () => {
    const value = Buffer.concat([Buffer.from([0, 0, 4, 3]), Buffer.from('café 日本語')]);
    const error = { ...stunRequest(method.createPermission), class: 'error' as const };
    const read = decodeStun(encodeStun({ ...error, attributes: [{ type: attribute.errorCode, value }] }));
    expect(read).toMatchObject({ class: 'error', method: method.createPermission });
    expect(read && errorCodeOf(read)).toBe(403);
    expect(read && valueOf(read, attribute.nonce)).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['less than a header', '000100002112a442'],
    ['another cookie', '00010000 00000000 000000000000000000000000'],
    ['media', '80010000 2112a442 000000000000000000000000'],
    ['a length that is not its own', '00010004 2112a442 000000000000000000000000'],
    ['an attribute that is cut', '00010004 2112a442 000000000000000000000000 00060008'],
  ])('are not %s', (_what, hex) => {
    expect(decodeStun(bytes(hex))).toBeUndefined();
  });

  it('never fail on what a network brings: every cut of a message', () => {
    for (let size = 0; size < signedRequest.length; size += 1) {
      expect(decodeStun(signedRequest.subarray(0, size))).toBeUndefined();
    }
  });
});

describe('addresses in STUN messages (RFC 5769 §2.2, §2.3)', () => {
  const transactionId = bytes('b7e7a701bc34d686fa87dfae');

  it.each([
    ['192.0.2.1', '192.0.2.1', '0001a147e112a643'],
    ['2001:db8:1234:5678:11:2233:4455:6677', undefined, '0002a1470113a9faa5d3f179bc25f4b5bed2b9d9'],
    ['2001:db8::1', '2001:db8:0:0:0:0:0:1', undefined],
    ['::', '0:0:0:0:0:0:0:0', undefined],
    ['::ffff:192.0.2.1', '0:0:0:0:0:ffff:c000:201', undefined],
  ])('%s', (host, long = host, hex) => {
    const value = encodeAddress({ host, port: 32_853 }, transactionId);
    if (hex !== undefined) expect(value.toString('hex')).toBe(hex);
    expect(decodeAddress(value, transactionId)).toEqual({ host: long, port: 32_853 });
    expect(decodeAddress(value.subarray(1), transactionId)).toBeUndefined();
  });
});
