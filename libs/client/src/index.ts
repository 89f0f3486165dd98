export type { ActionMap, ActionOf, JsonLike, TopicMessage, TopicPage } from './action-map';
export type { Channel, ChannelState, SendOptions, StoreOptions, VolatileOptions } from './channel';
export { systemClock, type Clock } from './clock';
export { DisconnectedError, ProtocolError, QueueFullError, SignedOutError } from './errors';
export type { SocketClientOptions } from './options';
export { SocketClient } from './socket-client';
export type { ConnectionState, ConnectionStatus } from './status';
export type { WebSocketLike } from './web-socket-like';
