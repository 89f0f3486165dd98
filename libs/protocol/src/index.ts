export { CloseCode } from './close-codes';
export { participantColour } from './colour';
export { errorCodes, type ErrorCode } from './error-codes';
export { CLIENT_SILENCE_MS, TICKET_LIFETIME_MS, defaultLimits, type Limits } from './limits';
export { MAX_TOPIC_LENGTH, formatTopic, isNamespace, parseTopic, type Topic } from './topic';
export {
  clientActions,
  isClientAction,
  isCustomAction,
  reservedNames,
  type ClientAction,
  type ReservedName,
} from './actions';
export type {
  Ack,
  Allowed,
  ClientFrame,
  Draining,
  Json,
  MessagePage,
  Participant,
  Position,
  ProtocolErrorPayload,
  ServerFrame,
  Subscribed,
  Subscribers,
  Unsubscribed,
} from './frames';
export { decodeClientFrame, type DecodeFailure, type DecodeResult, type DecodedFrame } from './decode';
export {
  ackPayload,
  allowedPayload,
  drainingPayload,
  errorPayload,
  loadMessagesPayload,
  messagePagePayload,
  participantPayload,
  serverFrame,
  subscribePayload,
  subscribedPayload,
  subscribersPayload,
  unsubscribedPayload,
  type LoadMessagesPayload,
  type SubscribePayload,
} from './payloads';
export {
  credentials,
  demoPeople,
  demoSignIn,
  passwordLength,
  registration,
  session,
  settings,
  user,
  type Credentials,
  type DemoPerson,
  type Registration,
  type Session,
  type Settings,
  type User,
} from './http/accounts';
export {
  booking,
  bookingChange,
  bookingList,
  bookingParticipant,
  bookingSpan,
  newBooking,
  newParticipant,
  type Booking,
  type BookingChange,
  type BookingList,
  type BookingParticipant,
  type BookingSpan,
  type NewBooking,
  type NewParticipant,
} from './http/bookings';
export { exchange, type Exchange } from './http/exchanges';
export { iceServers, type IceServers } from './http/calls';
export {
  exchangeFile,
  exchangeFiles,
  FILE_BYTES_MAX,
  FILES_MAX,
  fileTypes,
  IMAGE_PIXELS_MAX,
  PDF_PAGES_MAX,
  type ExchangeFile,
  type ExchangeFiles,
  type FileType,
} from './http/files';
export { parseTicket, ticket, ticketRequest, type Ticket, type TicketRequest } from './http/tickets';
export { PROBLEM_TYPE, problem, type Problem } from './http/problems';
