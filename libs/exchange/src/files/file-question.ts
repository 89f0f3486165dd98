import type { ExchangeFile } from '@parley/protocol';
import type { Question } from '../page/question-dialog';

export function deleteFileQuestion({ name }: Pick<ExchangeFile, 'name'>, act: () => Promise<void>): Question {
  return {
    // Isolated, so that the direction of a name cannot turn the sentence around.
    title: `Delete \u2068${name}\u2069?`,
    text: 'It is deleted for everyone. Where it is on the board its pages become empty; what was drawn on them stays.',
    yes: 'Delete',
    no: 'Keep',
    act,
  };
}
