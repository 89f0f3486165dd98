import type { Limits } from '@parley/protocol';
import { join } from 'node:path';
import { limitsOf } from './limit-settings';
import { settings, type Settings } from './settings';
import { looksLikeDefault } from './weak-secret';

/** How this server is set up; read once, at start. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly databaseTimeoutMs: number;
  readonly dataFolder: string;
  /** Undefined: a random one from the data folder. */
  readonly sessionSecret: string | undefined;
  readonly sessionIdleMs: number;
  readonly sessionAbsoluteMs: number;
  readonly cookieSecure: 'auto' | 'always';
  readonly trustProxy: number;
  readonly origins: readonly string[];
  readonly registration: boolean;
  readonly demo: boolean;
  readonly signInPerAccount: number;
  readonly signInPerAddress: number;
  readonly registrationsPerAddress: number;
  readonly unknownInvitees: number;
  readonly ticketsPerMinute: number;
  /** How calls get through networks that let nothing in. */
  readonly calls: CallConfig;
  /** Updates of a whiteboard that are stored one by one before they are merged. */
  readonly boardCompactAfter: number;
  /** Files that this node takes at the same time, and those of one user among them. */
  readonly uploads: number;
  readonly uploadsPerUser: number;
  readonly metrics: 'open' | 'closed' | { readonly token: string };
  readonly logLevel: string;
  readonly limits: Limits;
}

export interface CallConfig {
  readonly stunUrls: readonly string[];
  /** Relays that somebody runs, and the secret that they share with this server. */
  readonly relay: { readonly urls: readonly string[]; readonly secret: string } | undefined;
  /** Whether this server starts a relay of its own. Never beside {@link relay}. */
  readonly ownRelay: boolean;
  readonly credentialsMs: number;
}

/** Nest's token for {@link Config}. */
export const CONFIG = Symbol('parley:config');

/** The settings are not usable; one line for each mistake. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
  }
}

/**
 * @param environment like `process.env`; an empty value counts as unset
 * @param workspace where `.parley` is unless PARLEY_DATA says otherwise
 * @throws ConfigurationError naming every mistake at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, workspace: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`));
  }
  const values = parsed.data;
  const mistakes = [...relayMistakes(values), ...(values.NODE_ENV === 'production' ? productionMistakes(values) : [])];
  if (mistakes.length > 0) throw new ConfigurationError(mistakes);
  return toConfig(values, workspace);
}

function relayMistakes({ TURN_URLS, TURN_SECRET }: Settings): string[] {
  if (TURN_URLS.length === 0 || TURN_SECRET !== undefined) return [];
  return ['TURN_SECRET is required with TURN_URLS: the relays’ static-auth-secret (openssl rand -hex 32).'];
}

function productionMistakes(values: Settings): string[] {
  const mistakes: string[] = [];
  if (values.PARLEY_DEMO === true) {
    mistakes.push('PARLEY_DEMO must be off in production: anyone could sign in as a demo person.');
  }
  if (values.SESSION_SECRET === undefined) {
    mistakes.push('SESSION_SECRET is required in production: at least 32 random characters (openssl rand -base64 48).');
  } else if (looksLikeDefault(values.SESSION_SECRET)) {
    mistakes.push('SESSION_SECRET looks like an example. Make a random one: openssl rand -base64 48.');
  }
  if (values.TURN_SECRET !== undefined && looksLikeDefault(values.TURN_SECRET)) {
    mistakes.push(
      'TURN_SECRET looks like an example: anyone could use the relays. Make a random one: openssl rand -hex 32.',
    );
  }
  return mistakes;
}

function toConfig(values: Settings, workspace: string): Config {
  const production = values.NODE_ENV === 'production';
  return {
    production,
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    databaseTimeoutMs: values.DATABASE_TIMEOUT_MS,
    dataFolder: values.PARLEY_DATA ?? join(workspace, '.parley'),
    sessionSecret: values.SESSION_SECRET,
    sessionIdleMs: values.SESSION_IDLE_MINUTES * 60_000,
    sessionAbsoluteMs: values.SESSION_ABSOLUTE_HOURS * 3_600_000,
    cookieSecure: values.COOKIE_SECURE ?? (production ? 'always' : 'auto'),
    trustProxy: values.TRUST_PROXY,
    origins: values.PARLEY_ORIGINS,
    registration: values.REGISTRATION,
    demo: values.PARLEY_DEMO ?? !production,
    signInPerAccount: values.SIGN_IN_PER_ACCOUNT,
    signInPerAddress: values.SIGN_IN_PER_ADDRESS,
    registrationsPerAddress: values.REGISTRATIONS_PER_ADDRESS,
    unknownInvitees: values.UNKNOWN_INVITEES,
    ticketsPerMinute: values.TICKETS_PER_MINUTE,
    calls: callConfig(values, production),
    boardCompactAfter: values.BOARD_COMPACT_AFTER,
    uploads: values.UPLOADS,
    uploadsPerUser: values.UPLOADS_PER_USER,
    metrics: values.METRICS_TOKEN === undefined ? (production ? 'closed' : 'open') : { token: values.METRICS_TOKEN },
    logLevel: values.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    limits: limitsOf(values),
  };
}

function callConfig(values: Settings, production: boolean): CallConfig {
  const { STUN_URLS: stunUrls, TURN_URLS: urls, TURN_SECRET: secret, HOST: host } = values;
  const relay = urls.length === 0 || secret === undefined ? undefined : { urls, secret };
  return {
    stunUrls,
    relay,
    ownRelay: relay === undefined && isLoopback(host) && (values.PARLEY_RELAY ?? !production),
    credentialsMs: values.TURN_TTL_SECONDS * 1000,
  };
}

/** A relay on loopback serves browsers of this machine, so there is no sense in it where others come, too. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
