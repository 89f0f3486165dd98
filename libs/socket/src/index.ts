export { Admissions } from './admissions';
export { Broker, type BrokerMessage, type BrokerTopic, type Kept, type Receive } from './broker';
export { LocalBroker } from './local-broker';
export { isOwnOrigin } from './own-origin';
export {
  AllowanceChanges,
  MessageLog,
  SessionEnds,
  Tickets,
  UnstorableBatch,
  type Admission,
  type AllowanceChange,
  type Appended,
  type NewMessage,
  type Principal,
  type StoredMessage,
} from './ports';
export { SockAdapter } from './sock.adapter';
export { SocketModule } from './socket.module';
export { SOCKET_OPTIONS, SOCK_PATH, type SocketOptions } from './socket-options';
export { SocketStats, type SocketFigures } from './socket-stats';
export { TopicAccess } from './topic-access';
