export { BoardControls } from './board-controls';
export { exportKinds, type ExportKind } from './board-pages';
