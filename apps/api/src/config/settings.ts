import { z } from 'zod';
import { limitSettings } from './limit-settings';
import { iceUrls, onOff, wholeNumber } from './setting-types';

const origin = z.string().refine((text) => URL.parse(text)?.origin === text, {
  error: ({ input }) => `lists "${String(input)}", which is not an origin like https://meet.example.org`,
});

const postgresUrl = z
  .string()
  .refine((text) => ['postgres:', 'postgresql:'].includes(URL.parse(text)?.protocol ?? ''), {
    error: 'must look like postgres://user:password@host:5432/database',
  });

/** Every setting of the server: one environment variable each, with its default and what it is for. */
export const settings = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'must be development, production or test')
    .default('development')
    .describe('`production` refuses demo accounts and default secrets.'),
  PORT: wholeNumber(0, 65_535).default(3000).describe('Port to listen on; 0 takes any free one.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
  DATABASE_URL: postgresUrl.optional().describe('A Postgres (14 or newer) of your own. Unset: an embedded one.'),
  DATABASE_POOL: wholeNumber(2, 1000).default(20).describe('Connections to the database at most.'),
  DATABASE_TIMEOUT_MS: wholeNumber(100, 600_000)
    .default(10_000)
    .describe('Milliseconds that a statement may take; longer fails. Migrations may take any time.'),
  PARLEY_DATA: z
    .string()
    .optional()
    .describe('Folder for the embedded database and secrets. Unset: `.parley` in the workspace.'),
  SESSION_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('Signs session cookies. Required in production; otherwise a random one is kept in PARLEY_DATA.'),
  SESSION_IDLE_MINUTES: wholeNumber(1, 525_600)
    .default(720)
    .describe('A session ends after so long without a request.'),
  SESSION_ABSOLUTE_HOURS: wholeNumber(1, 8_760).default(168).describe('A session ends after so long in any case.'),
  COOKIE_SECURE: z
    .enum(['auto', 'always'], 'must be auto or always')
    .optional()
    .describe('`always`: sign-in over HTTPS only. `auto`: as the request came. Unset: `always` in production.'),
  TRUST_PROXY: wholeNumber(0, 10)
    .default(0)
    .describe('Reverse proxies in front whose X-Forwarded-For and X-Forwarded-Proto are believed.'),
  PARLEY_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .pipe(z.array(origin))
    .default([])
    .describe('Further origins whose pages may use this server, with commas. Its own is always allowed.'),
  REGISTRATION: onOff().default(true).describe('Whether people may register by themselves.'),
  PARLEY_DEMO: onOff()
    .optional()
    .describe('Demo people and bookings to try in one click. Unset: on, except in production.'),
  SIGN_IN_PER_ACCOUNT: wholeNumber(1, 1_000_000)
    .default(10)
    .describe('Wrong passwords for one account within 15 minutes, then it waits.'),
  SIGN_IN_PER_ADDRESS: wholeNumber(1, 1_000_000)
    .default(100)
    .describe('Wrong passwords from one address within 15 minutes, then it waits.'),
  REGISTRATIONS_PER_ADDRESS: wholeNumber(1, 1_000_000)
    .default(50)
    .describe('Attempts to register from one address within an hour, then it waits.'),
  UNKNOWN_INVITEES: wholeNumber(1, 1_000_000)
    .default(100)
    .describe('Addresses without an account that one user may try to invite within an hour, then it waits.'),
  TICKETS_PER_MINUTE: wholeNumber(1, 1_000_000)
    .default(600)
    .describe('Sockets that one session may open a minute on one node, a quarter of them at once.'),
  STUN_URLS: iceUrls('stun')
    .default([])
    .describe('STUN servers for calls, like stun:stun.example.org:3478, with commas.'),
  TURN_URLS: iceUrls('turn')
    .default([])
    .describe(
      'Relays for calls, like turn:turn.example.org:3478?transport=udp or turns:turn.example.org:5349, with commas.',
    ),
  TURN_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('What the relays know as static-auth-secret. Required with TURN_URLS.'),
  TURN_TTL_SECONDS: wholeNumber(60, 86_400)
    .default(600)
    .describe('Seconds for which credentials for a relay can be used to begin with it; a call goes on past them.'),
  PARLEY_RELAY: onOff()
    .optional()
    .describe(
      'A Coturn that this server starts for this machine alone, where one is installed, HOST is loopback and TURN_URLS is unset. Unset: on, except in production.',
    ),
  BOARD_COMPACT_AFTER: wholeNumber(1, 1_000_000)
    .default(200)
    .describe('Updates of a whiteboard after which they are merged into its snapshot.'),
  UPLOADS: wholeNumber(1, 10_000)
    .default(24)
    .describe('Files that this server takes at the same time; each needs up to 25 MB of temporary space.'),
  UPLOADS_PER_USER: wholeNumber(1, 10_000).default(3).describe('Files that one user may send at the same time.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Bearer token for /api/metrics. Unset: open, except in production, where it is closed.'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .optional()
    .describe('Least important lines to log. Unset: `warn`, in production `info`.'),
  ...limitSettings,
});
export type Settings = z.output<typeof settings>;

/** One line of the README's table. */
export interface SettingDescription {
  readonly name: string;
  readonly byDefault: string;
  readonly meaning: string;
}

/** What the README's table says, so that a test can hold it to that. */
export function describeSettings(): readonly SettingDescription[] {
  return Object.entries(settings.shape).map(([name, schema]) => ({
    name,
    byDefault: schema instanceof z.ZodDefault ? JSON.stringify(schema.def.defaultValue) : 'unset',
    meaning: schema.description ?? '',
  }));
}
