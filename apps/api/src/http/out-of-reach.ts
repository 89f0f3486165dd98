const codes = new Set([
  // The network's: refused, broken, no way there, no such name (a container that is being replaced has none).
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // Postgres': the statement took too long; shutting down; crashed; starting; no connection left; not now.
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '55000',
]);

/** What `pg` and its pool say without a code. */
const words =
  /connection (terminated|timeout)|connection error and is not queryable|connect ENOENT|query read timeout|timeout exceeded/i;

/** Whether this went wrong because the database cannot be reached at the moment, and may go well in the next. */
export function isOutOfReach(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  // Class 08: the connection broke.
  return codes.has(code) || code.startsWith('08') || words.test(String(error));
}

/** The network's or Postgres' name for what went wrong. TypeORM keeps the database's error in `driverError`. */
export function errorCode(error: unknown): string | undefined {
  const { code, driverError } = error as {
    readonly code?: unknown;
    readonly driverError?: { readonly code?: unknown };
  };
  const found = driverError?.code ?? code;
  return typeof found === 'string' ? found : undefined;
}
