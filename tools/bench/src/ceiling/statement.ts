import type { QueryConfig } from 'pg';
import { COLUMNS, TYPES, type Row } from './row';

/** How many rows are written by one statement: each value a parameter, or each column an array. */
export type Form = 'values' | 'unnest';

const into = `INSERT INTO topic_messages (${COLUMNS.join(', ')})`;

/** An `INSERT` of these rows, prepared once a connection. */
export function insertOf(rows: readonly Row[], form: Form): QueryConfig {
  if (form === 'unnest') {
    const arrays = TYPES.map((type, column) => `$${column + 1}::${type}[]`);
    return {
      name: 'insert-unnest',
      text: `${into} SELECT * FROM unnest(${arrays.join(', ')})`,
      values: COLUMNS.map((_, column) => rows.map((row) => row[column])),
    };
  }
  const tuples = rows.map(
    (_, row) => `(${COLUMNS.map((_name, column) => `$${row * COLUMNS.length + column + 1}`).join(', ')})`,
  );
  return {
    name: `insert-${rows.length}`,
    text: `${into} VALUES ${tuples.join(', ')}`,
    values: rows.flat(),
  };
}
