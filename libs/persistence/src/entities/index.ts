import { AllowanceChangeRow } from './allowance-change.entity';
import { BoardSnapshot } from './board-snapshot.entity';
import { Booking } from './booking.entity';
import { BookingParticipant } from './booking-participant.entity';
import { Exchange } from './exchange.entity';
import { ExchangeFileChunk } from './exchange-file-chunk.entity';
import { ExchangeFileRow } from './exchange-file.entity';
import { RateLimit } from './rate-limit.entity';
import { Session } from './session.entity';
import { Ticket } from './ticket.entity';
import { Topic } from './topic.entity';
import { TopicMessage } from './topic-message.entity';
import { User } from './user.entity';

export {
  AllowanceChangeRow,
  BoardSnapshot,
  Booking,
  BookingParticipant,
  Exchange,
  ExchangeFileChunk,
  ExchangeFileRow,
  RateLimit,
  Session,
  Ticket,
  Topic,
  TopicMessage,
  User,
};

/** Every entity, listed by hand: what is not here does not exist. */
export const entities = [
  User,
  Session,
  Booking,
  BookingParticipant,
  Exchange,
  AllowanceChangeRow,
  Ticket,
  Topic,
  TopicMessage,
  BoardSnapshot,
  RateLimit,
  ExchangeFileRow,
  ExchangeFileChunk,
];
