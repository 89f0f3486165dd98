import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { DecodedFrame } from '@parley/protocol';
import type { Connection } from './connection';
import { ProtocolError, aboutFrame } from './protocol-error';

const logger = new Logger('Socket');

/** Answers a frame that failed with an `error` frame. What is not ours stays inside: the log has it. */
export function answerFailure(connection: Connection, frame: DecodedFrame, failure: unknown): void {
  if (failure instanceof ProtocolError) {
    connection.refuse(failure, aboutFrame(frame));
    if (failure.code === 'malformed') connection.strike();
    return;
  }
  logger.error(`'${frame.action}' failed.`, failure);
  connection.refuse(new ProtocolError('internal', 'The server could not do this. Try again.'), aboutFrame(frame));
}

/** {@link answerFailure} for whatever a handler of the gateway throws. */
@Catch()
export class ProtocolErrorFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    answerFailure(host.switchToWs().getClient<Connection>(), host.switchToWs().getData<DecodedFrame>(), exception);
  }
}
