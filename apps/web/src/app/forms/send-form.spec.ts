import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { form } from '@angular/forms/signals';
import { ProblemError } from '../http/problem-error';
import { sendForm } from './send-form';

const refusal = (errors: { field: string; message: string }[] = []) =>
  new ProblemError({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    code: 'invalid-input',
    detail: 'Not valid.',
    errors,
  });

describe('sendForm', () => {
  const failure = signal<string | undefined>('from before');
  const model = () =>
    TestBed.runInInjectionContext(() =>
      form(signal({ title: 'x', participants: ['ben@example.org', 'dora@example.org'] })),
    );

  it('forgets the last failure and has nothing to say after success', async () => {
    expect(await sendForm(() => Promise.resolve(), {}, failure)).toEqual([]);
    expect(failure()).toBeUndefined();
  });

  it('[A5] brings mistakes to their fields, those of a list with the entry that is meant', async () => {
    const { title, participants } = model();
    const errors = [
      { field: 'title', message: 'Too long.' },
      { field: 'participants.1', message: 'Nobody with this address.' },
    ];
    const mistakes = await sendForm(() => Promise.reject(refusal(errors)), { title, participants }, failure);
    expect(mistakes).toEqual([
      { kind: 'server', message: 'Too long.', fieldTree: title },
      { kind: 'server', message: 'dora@example.org: Nobody with this address.', fieldTree: participants },
    ]);
    expect(failure()).toBeUndefined();
  });

  it('puts a failure that belongs to no field into words', async () => {
    const { title } = model();
    const odd = refusal([{ field: 'elsewhere', message: 'Odd.' }]);
    expect(await sendForm(() => Promise.reject(odd), { title }, failure)).toEqual([]);
    expect(failure()).toBe('Not valid.');
  });
});
