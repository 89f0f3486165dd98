/** Statements that bring a schema forth and back. */
export interface SchemaChange {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/**
 * The source of a migration, ready to be read, completed and added to the list by hand.
 *
 * @param name in kebab-case, like `booking-notes`
 * @param stamp milliseconds since 1970; migrations run in this order
 */
export function migrationSource(name: string, stamp: number, change: SchemaChange): string {
  const className = `${name.replace(/(^|-)([a-z0-9])/g, (_match, _dash, letter: string) => letter.toUpperCase())}${stamp}`;
  const lines = (statements: readonly string[]): string =>
    statements.map((statement) => `    await runner.query(\`${escape(statement)}\`);\n`).join('');
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What it changes and why. */
export class ${className} implements MigrationInterface {
  readonly name = '${className}';

  async up(runner: QueryRunner): Promise<void> {
${lines(change.up)}  }

  async down(runner: QueryRunner): Promise<void> {
${lines(change.down)}  }
}
`;
}

function escape(statement: string): string {
  return statement.replace(/[\\`]|\$\{/g, (match) => `\\${match}`);
}
