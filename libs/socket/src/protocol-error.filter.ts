import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { DecodedFrame } from '@parley/protocol';
import type { Connection } from './connection';
import { ProtocolError, aboutFrame } from './protocol-error';

/** Answers whatever a handler throws with an `error` frame. What is not ours stays inside: the log has it. */
@Catch()
export class ProtocolErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProtocolErrorFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const connection = host.switchToWs().getClient<Connection>();
    const frame = host.switchToWs().getData<DecodedFrame>();
    if (exception instanceof ProtocolError) {
      connection.refuse(exception, aboutFrame(frame));
      if (exception.code === 'malformed') connection.strike();
      return;
    }
    this.logger.error(`'${frame.action}' failed.`, exception);
    connection.refuse(new ProtocolError('internal', 'The server could not do this. Try again.'), aboutFrame(frame));
  }
}
