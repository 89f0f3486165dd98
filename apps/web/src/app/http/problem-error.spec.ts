import { HttpErrorResponse } from '@angular/common/http';
import { ProblemError, UNREACHABLE, UNREADABLE, asProblem } from './problem-error';

const told = {
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  code: 'invalid-input',
  detail: 'Some of what was sent is not valid.',
  errors: [{ field: 'title', message: 'Give the meeting a title.' }],
};

describe('asProblem', () => {
  it('[A5] reads the problem document of an answer', () => {
    const problem = asProblem(new HttpErrorResponse({ status: 400, error: told }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid-input', message: told.detail, errors: told.errors });
  });

  it('says so when no answer came', () => {
    expect(asProblem(new HttpErrorResponse({ status: 0 }))).toMatchObject({ status: 0, code: UNREACHABLE });
  });

  it.each(['<html>Bad gateway</html>', null, { status: 'odd' }])(
    'keeps the status of an answer in no form: %j',
    (body) => {
      const problem = asProblem(new HttpErrorResponse({ status: 502, error: body }));
      expect(problem).toMatchObject({ status: 502, code: UNREADABLE });
    },
  );

  it('leaves a problem as it is, also inside of what wraps it', () => {
    const problem = new ProblemError(told);
    expect(asProblem(problem)).toBe(problem);
    expect(asProblem(new Error('resource failed', { cause: problem }))).toBe(problem);
  });

  it('has words for what is no answer at all, and does not repeat what was thrown', () => {
    const problem = asProblem(new TypeError('x is undefined'));
    expect(problem.code).toBe(UNREADABLE);
    expect(problem.message).not.toContain('undefined');
  });
});
