/** The page that is always there, without bounds. */
export const FIRST_PAGE = 'board';

/** A sheet to draw on. What is drawn may stick out of a document's page. */
export interface BoardPage {
  readonly id: string;
  /** `board`: endless paper. `document`: a page of a PDF or an image, from (0, 0) to (`width`, `height`). */
  readonly kind: 'board' | 'document';
  readonly name: string;
  /** Of a document. The id of the exchange's file. */
  readonly file?: string;
  /** Of a document: which of its pages, from 1; an image has one. */
  readonly sheet?: number;
  /** In units of the board; 0 of an endless one. */
  readonly width: number;
  readonly height: number;
  /** Nobody changes what is on it, until it is unlocked. */
  readonly locked: boolean;
  /** Pages are shown in this order; of equal ones the one whose id sorts earlier comes first. */
  readonly order: number;
}

export type NewPage = Omit<BoardPage, 'id' | 'locked' | 'order'> & { readonly id?: string };

/** Pages of a board at most: the first one, and two of the largest documents. */
export const PAGES_MAX = 1_001;
