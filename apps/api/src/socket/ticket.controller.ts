import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { User } from '@parley/persistence';
import { ticket, ticketRequest, type Ticket, type TicketRequest } from '@parley/protocol';
import { Admissions } from '@parley/socket';
import type { Request } from 'express';
import { sessionHash } from '../auth/session-hash';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
import { unavailable } from '../http/problem.exception';
import { TicketOffice } from './ticket-office';
import { TicketPace } from './ticket-pace';

/** Tickets for the socket (T1). */
@ApiTags('Tickets')
@Controller('ticket')
@UseGuards(SignedIn)
export class TicketController {
  constructor(
    private readonly office: TicketOffice,
    private readonly pace: TicketPace,
    private readonly admissions: Admissions,
  ) {}

  /** Which connection cannot be resumed is no error: the ticket is for a new one then (T4). */
  @Post()
  @HttpCode(200)
  @Answers(200, ticket, [400, 401, 429, 503])
  issue(
    // A body is not needed.
    @Body({ schema: ticketRequest.prefault({}) }) { resume }: TicketRequest,
    @Me() me: User,
    @Req() { sessionID }: Request,
  ): Promise<Ticket> {
    if (this.admissions.draining) throw unavailable('The server is restarting. Try again soon.');
    this.pace.take(sessionID);
    const resumes = resume !== undefined && this.admissions.resumes(resume, sessionHash(sessionID).toString('hex'));
    return this.office.issue(me.id, sessionID, resumes ? resume : undefined);
  }
}
