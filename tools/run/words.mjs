/** A step that failed, in words for the person at the keyboard; printed without a stack trace. */
export class StepFailed extends Error {
  /**
   * @param {string} message cause, effect and what to do
   * @param {{ log?: string, output?: string }} [evidence]
   */
  constructor(message, evidence = {}) {
    super(message);
    this.log = evidence.log;
    this.output = evidence.output;
  }
}

export function seconds(milliseconds) {
  const whole = milliseconds / 1000;
  if (whole < 60) return `${whole.toFixed(1)} s`;
  return `${Math.floor(whole / 60)} min ${Math.round(whole % 60)} s`;
}

/** The end of a long text: its last `lines` lines. */
export function tail(text, lines) {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** Prints what went wrong and gives the exit code for it. */
export function explain(error) {
  if (error?.code === 'ENOSPC') return explain(new StepFailed('The disk is full. Make room, then run this again.'));
  if (!(error instanceof StepFailed)) {
    console.error(error);
    return 1;
  }
  if (error.output) console.error(`\n${error.output}`);
  console.error(`\n✗ ${error.message}`);
  if (error.log) console.error(`  The whole log: ${error.log}`);
  return 1;
}
