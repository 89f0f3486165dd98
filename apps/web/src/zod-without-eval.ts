import * as z from 'zod';

// Zod compiles object schemas with `new Function`, which our Content-Security-Policy forbids; even its probe would be
// reported as a violation. It has to be told before the first schema exists, so main.ts imports this file first.
z.config({ jitless: true });
