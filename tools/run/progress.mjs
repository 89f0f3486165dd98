import { seconds } from './words.mjs';

const HEARTBEAT_MS = 5_000;

/**
 * Runs one step and shows that it is alive: in place on a terminal, else a line every few seconds; one line with the
 * time it took at the end.
 *
 * @template T
 * @param {string} doing for example 'Building the app'
 * @param {(note: (text: string) => void) => Promise<T>} work `note` says how far it is
 * @param {(result: T) => string} done for example () => 'Built the app'; an empty text prints nothing
 */
export async function step(doing, work, done) {
  const out = process.stdout;
  const started = Date.now();
  let note = '';
  const line = () => `${doing}${note === '' ? '' : `: ${note}`} … ${Math.round((Date.now() - started) / 1000)} s`;
  const show = out.isTTY
    ? () => out.write(`\r\x1b[2K${`  ${line()}`.slice(0, (out.columns || 80) - 1)}`)
    : () => out.write(`  ${line()}\n`);
  const timer = setInterval(show, out.isTTY ? 200 : HEARTBEAT_MS);
  try {
    const result = await work((text) => {
      note = text;
    });
    clearInterval(timer);
    if (out.isTTY) out.write('\r\x1b[2K');
    const text = done(result);
    if (text !== '') out.write(`✓ ${text} (${seconds(Date.now() - started)})\n`);
    return result;
  } catch (error) {
    clearInterval(timer);
    if (out.isTTY) out.write('\r\x1b[2K');
    throw error;
  }
}
