import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { User } from '@parley/persistence';
import { ticket, ticketRequest, type Ticket, type TicketRequest } from '@parley/protocol';
import type { Request } from 'express';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
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
  ) {}

  @Post()
  @HttpCode(200)
  @Answers(200, ticket, [400, 401, 429])
  issue(
    // A body is not needed.
    @Body({ schema: ticketRequest.prefault({}) }) _request: TicketRequest,
    @Me() me: User,
    @Req() request: Request,
  ): Promise<Ticket> {
    this.pace.take(request.sessionID);
    return this.office.issue(me.id, request.sessionID);
  }
}
