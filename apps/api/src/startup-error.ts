/** The server cannot start; the message says why, and what to do, for people. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
