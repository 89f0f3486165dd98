// What the server needs of a board: how it is stored and sent, and nothing of a page.
export type { BoardUpdate, UpdatePart } from '../actions';
export { base64Of, bytesOf } from './base64';
export { BOARD_STATE_TYPE, decodeBoardState, encodeBoardState, type BoardState, type TailUpdate } from './board-state';
export { mergeBoard, type MergedBoard } from './merge-board';
export { readUpdate, type ReadUpdate } from './read-update';
