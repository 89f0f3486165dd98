import type { FieldTree } from '@angular/forms/signals';

/** Puts the focus into the first field with a mistake, for a form's `onInvalid` and after the server's answer. */
export function focusFirstMistake(form: FieldTree<unknown>): void {
  const [first] = form().errorSummary();
  first?.fieldTree().focusBoundControl();
}
