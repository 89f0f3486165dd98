export * from './actions';
export * from './live/live-state';
export * from './scene/page';
export * from './scene/palette';
export * from './scene/shape';
export { base64Of, bytesOf } from './wire/base64';
export {
  BOARD_STATE_TYPE,
  decodeBoardState,
  encodeBoardState,
  type BoardState,
  type TailUpdate,
} from './wire/board-state';
export { mergeBoard, type MergedBoard } from './wire/merge-board';
export { readUpdate, type ReadUpdate } from './wire/read-update';
export type { BoardLive, BoardSession, BoardStatus, OtherLive } from './board-session';
export * from './geometry/bounds';
export { inkOutline, inkStretch, outlineOf, type InkLook } from './geometry/ink-outline';
export type { BoardScene, Move, SceneChange, SceneHistory } from './scene/board-scene';
export { decodeInk, encodeInk } from './scene/ink-codec';
export { Scene, type SceneOptions } from './scene/scene';
export { Board, type BoardOptions } from './board';
export type { BoardKeep, KeptUpdate } from './keep/board-keep';
export { forgetKeptBoards, IndexedDbKeep } from './keep/indexed-db-keep';
export { MemoryKeep } from './keep/memory-keep';
export { drawOrder } from './scene/stacking';
