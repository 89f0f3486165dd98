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
