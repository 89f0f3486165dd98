import type { FileRefusal } from '@parley/persistence';
import { FILE_BYTES_MAX, FILES_MAX } from '@parley/protocol';
import { ProblemException, notFound } from '../http/problem.exception';
import type { RefusedFile } from './inspect/refused-file';

const MOST_MB = FILE_BYTES_MAX / 1024 / 1024;

export const fileTooLarge = (): ProblemException =>
  new ProblemException(
    413,
    'too-large',
    `The file is larger than ${MOST_MB} MB. Make it smaller, or split it, and try again.`,
  );

export const brokenOff = (): ProblemException =>
  new ProblemException(400, 'upload-broken-off', 'The file did not come whole. Send it again.');

export const tooSlow = (): ProblemException =>
  new ProblemException(
    400,
    'upload-broken-off',
    'The file came too slowly, or stopped coming. Send it again when the connection is better.',
  );

/** What is refused for its content: a type that is not taken (415), or a file that cannot be (422). */
export const refused = ({ code, message }: RefusedFile): ProblemException =>
  new ProblemException(code === 'unknown-type' ? 415 : 422, code, message);

/** What is refused for where it was to go. */
export const notTaken = (refusal: FileRefusal): ProblemException => outcomes[refusal]();

export const ended = (): ProblemException =>
  new ProblemException(409, 'exchange-ended', 'The meeting has ended: its files stay as they are.');

export const cancelled = (): ProblemException =>
  new ProblemException(409, 'booking-cancelled', 'The booking was cancelled: its files stay as they are.');

export const tooManyFiles = (): ProblemException =>
  new ProblemException(409, 'too-many-files', `This meeting has ${FILES_MAX} files already. Remove one first.`);

const outcomes: Readonly<Record<FileRefusal, () => ProblemException>> = {
  missing: () => notFound('exchange'),
  closed: ended,
  full: tooManyFiles,
};
