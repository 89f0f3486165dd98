export {
  MessageLog,
  SessionEnds,
  Tickets,
  type Admission,
  type Appended,
  type NewMessage,
  type Principal,
  type StoredMessage,
} from './ports';
