import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { contentSecurityPolicy } from './security-headers';

/** Describes the API at `/api/docs`, from the zod schemas that check what comes in and type what goes out. */
export function describeApi(app: INestApplication): void {
  // Its page brings a style sheet of its own inside the page.
  const policy = contentSecurityPolicy(["'unsafe-inline'"]);
  app.use('/api/docs', (request: Request, response: Response, next: NextFunction) => {
    policy(request, response, next);
  });
  const description = new DocumentBuilder()
    .setTitle('Parley')
    .setDescription('Bookings, their exchanges, and tickets for the socket at /sock. Errors are RFC 9457 problems.')
    .setVersion('1')
    .addCookieAuth('parley.sid')
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'api/docs.json',
    customSiteTitle: 'Parley API',
  });
}
