import { test } from '@playwright/test';

/** Prints something measured, and keeps it with the test's result. For reading: no test depends on it. */
export function figure(text: string): void {
  test.info().annotations.push({ type: 'figure', description: text });
  process.stdout.write(`      ${text}\n`);
}
