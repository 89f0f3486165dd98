import type { WritableSignal } from '@angular/core';
import type { ReadonlyFieldTree, ValidationError } from '@angular/forms/signals';
import { asProblem } from '../http/problem-error';

/** A form's fields by the name that the server has for them. */
export type NamedFields = Readonly<Record<string, ReadonlyFieldTree<unknown>>>;

/**
 * Runs a form's request. Mistakes that the server finds come back for their fields, ready to be returned from the
 * form's `action`; every other failure goes to `failure` as a sentence, so that the same input can be sent again.
 */
export async function sendForm(
  send: () => Promise<void>,
  fields: NamedFields,
  failure: WritableSignal<string | undefined>,
): Promise<ValidationError.WithFieldTree[]> {
  failure.set(undefined);
  try {
    await send();
    return [];
  } catch (error) {
    const problem = asProblem(error);
    const placed = problem.errors.flatMap(({ field, message }) => {
      // A mistake inside a list, `participants.2`, belongs to the list's field and says which one it means.
      const [name = '', index] = field.split('.');
      const fieldTree = fields[name];
      if (!fieldTree) return [];
      const list: unknown = fieldTree().value();
      const item: unknown = Array.isArray(list) ? list[Number(index)] : undefined;
      return [{ kind: 'server', message: typeof item === 'string' ? `${item}: ${message}` : message, fieldTree }];
    });
    if (placed.length === 0) failure.set(problem.message);
    return placed;
  }
}
