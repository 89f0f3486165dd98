import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { isOutOfReach } from './out-of-reach';
import { ProblemException, unavailable } from './problem.exception';
import { writeProblem } from './write-problem';

/** Milliseconds between two lines in the log about the same database that is away. */
const SAY_AGAIN_MS = 1_000;

/** Turns whatever went wrong in an HTTP request into a problem document (A5), without a word about the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);
  /** For lack of the database, since the start. */
  private refused = 0;
  private sayAgain = 0;

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.toProblem(error);
    if (isOutOfReach(error)) this.countRefused(error);
    else if (problem.getStatus() >= 500) this.logger.error(error);
    if (response.headersSent) response.destroy();
    else writeProblem(response, problem);
  }

  /** A database that is away is one event, however many requests meet it. */
  private countRefused(error: unknown): void {
    this.refused += 1;
    if (performance.now() < this.sayAgain) return;
    this.logger.warn(`The database is out of reach. Requests refused so far: ${this.refused}. ${String(error)}`);
    this.sayAgain = performance.now() + SAY_AGAIN_MS;
  }

  private toProblem(error: unknown): ProblemException {
    if (error instanceof ProblemException) return error;
    if (error instanceof HttpException) {
      const status = error.getStatus();
      const [code, detail] = known[status] ?? [`http-${status}`, error.message];
      return new ProblemException(status, code, detail);
    }
    if (isOutOfReach(error)) return unavailable('The database cannot be reached right now. Try again soon.');
    return new ProblemException(500, 'internal', 'Something went wrong on our side. Try again; we have a note of it.');
  }
}

const known: Readonly<Record<number, readonly [string, string]>> = {
  400: ['malformed', 'The request could not be read. Send JSON, and check the address.'],
  404: ['not-found', 'There is nothing at this address.'],
  413: ['too-large', 'The request is larger than 64 KiB.'],
  415: ['unsupported-media-type', 'Send JSON, with Content-Type: application/json.'],
};
