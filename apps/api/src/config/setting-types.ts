import { parseIceUrl } from '@parley/turn';
import { z } from 'zod';

/** A whole number, written in digits. */
export function wholeNumber(min: number, max: number) {
  const words = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, `must be a whole number ${words}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number ${words}`);
}

/** `1`, `true`, `on`, `yes` or their opposites. */
export function onOff() {
  return z.stringbool({
    truthy: ['1', 'true', 'on', 'yes'],
    falsy: ['0', 'false', 'off', 'no'],
    error: 'must be on or off',
  });
}

const iceExamples = {
  stun: 'stun:stun.example.org:3478',
  turn: 'turn:turn.example.org:3478?transport=udp or turns:turn.example.org:5349',
} as const;

/** Addresses of STUN or TURN servers, with commas between them. */
export function iceUrls(kind: keyof typeof iceExamples) {
  const url = z.string().refine((text) => parseIceUrl(text)?.scheme.startsWith(kind), {
    error: ({ input }) => `lists "${String(input)}", which is not an address like ${iceExamples[kind]}`,
  });
  return z
    .string()
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .pipe(z.array(url));
}
