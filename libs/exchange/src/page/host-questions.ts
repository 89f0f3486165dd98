import type { Question } from './question-dialog';

/** @param inCall whether anyone is in its call */
export function endQuestion(inCall: boolean, act: () => Promise<void>): Question {
  const call = inCall ? 'The call ends for everyone. ' : '';
  return {
    title: 'End this meeting for everyone?',
    text: `${call}Everyone can go on reading what was said. Nobody can write any more, and it cannot be opened again.`,
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
