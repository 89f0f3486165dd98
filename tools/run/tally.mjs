/** What has passed, failed and been skipped so far, and what there is to say about it. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  failures = [];
  skips = [];

  pass(count = 1) {
    this.passed += count;
  }

  fail(what, count = 1) {
    this.failed += count;
    this.failures.push(what);
  }

  skip(what, count = 1) {
    this.skipped += count;
    this.skips.push(what);
  }

  /** The line that closes a run of the tests. */
  get line() {
    const skipped = this.skipped === 0 ? '' : `, ${this.skipped} skipped`;
    return `${this.passed} passed, ${this.failed} failed${skipped}`;
  }
}
