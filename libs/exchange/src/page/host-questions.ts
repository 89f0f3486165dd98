import type { Question } from './question-dialog';

export function endQuestion(act: () => Promise<void>): Question {
  return {
    title: 'End this meeting for everyone?',
    text: 'Everyone can go on reading what was said. Nobody can write any more, and it cannot be opened again.',
    yes: 'End meeting',
    no: 'Keep it open',
    act,
  };
}

export function removeQuestion(name: string, act: () => Promise<void>): Question {
  return {
    // Isolated, so that the direction of a name cannot turn the sentence around.
    title: `Remove \u2068${name}\u2069?`,
    text: 'They leave the meeting at once and its link stops working for them. What they wrote stays.',
    yes: 'Remove',
    no: 'Keep',
    act,
  };
}
