import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { ProblemException, unavailable } from './problem.exception';
import { writeProblem } from './write-problem';

/** Turns whatever went wrong in an HTTP request into a problem document (A5), without a word about the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.toProblem(error);
    if (problem.getStatus() >= 500) this.logger.error(error);
    if (response.headersSent) response.destroy();
    else writeProblem(response, problem);
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

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '55000',
]);

function isOutOfReach(error: unknown): boolean {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return (
    unreachable.has(driverError?.code ?? code ?? '') ||
    /connection (terminated|timeout)|query read timeout|timeout exceeded/i.test(String(error))
  );
}
