export { TurnClient, type Allocated } from './turn-client';
