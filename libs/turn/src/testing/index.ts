export { TurnClient, type Allocated } from './turn-client';
export { describeWithCoturn } from './with-coturn';
