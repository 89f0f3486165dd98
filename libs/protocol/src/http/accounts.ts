import * as z from 'zod';
import { oneLine } from './text';

/** Characters of a password, after Unicode NFKC; argon2id takes any length, the upper end only bounds the work. */
export const passwordLength = { min: 10, max: 128 } as const;

const email = z.email('Enter an e-mail address, like ann@example.org.').max(254).toLowerCase();
const displayName = oneLine('A name', 80, 'Enter your name.');
const password = z
  .string()
  .min(passwordLength.min, `A password has at least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `A password has at most ${passwordLength.max} characters.`);

/** `POST /api/accounts` (A1). */
export const registration = z.object({ email, name: displayName, password });
export type Registration = z.infer<typeof registration>;

/** `POST /api/session` (A1). Nothing about a password's form: a wrong one is a wrong one. */
export const credentials = z.object({ email, password: z.string().min(1, 'Enter your password.').max(1024) });
export type Credentials = z.infer<typeof credentials>;

export const user = z.object({ id: z.uuid(), email: z.string(), name: z.string() });
export type User = z.infer<typeof user>;

/** Answer of `GET` and `POST /api/session` and of `POST /api/accounts` (A1). */
export const session = z.object({ user });
export type Session = z.infer<typeof session>;

/** `POST /api/demo/session`, outside production only: signs a demo person in with one click. */
export const demoPeople = ['ann', 'ben', 'cleo'] as const;
export const demoSignIn = z.object({ person: z.enum(demoPeople) });
export type DemoPerson = (typeof demoPeople)[number];

/** `GET /api/settings`: what the sign-in page may offer. */
export const settings = z.object({
  registration: z.boolean(),
  demo: z.array(z.object({ person: z.enum(demoPeople), name: z.string() })),
});
export type Settings = z.infer<typeof settings>;
