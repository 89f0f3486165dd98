export { turnCredentials, type TurnCredentialOptions, type TurnCredentials } from './credentials';
export { parseIceUrl, type IceUrl } from './ice-url';
export { probeTurn, type ProbeOptions } from './stun/probe';
export { CoturnError, startCoturn, type Coturn, type CoturnOptions } from './coturn/coturn';
export { findTurnserver } from './coturn/find-turnserver';
export type { Transport } from './coturn/coturn-config';
