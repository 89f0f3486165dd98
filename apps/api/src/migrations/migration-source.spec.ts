import { migrationSource } from './migration-source';

describe('migrationSource', () => {
  it('names the class and keeps the statements as they are', () => {
    const source = migrationSource('booking-notes', 1763900000000, {
      up: ['ALTER TABLE "bookings" ADD "notes" text DEFAULT \'`${x}\\\''],
      down: ['ALTER TABLE "bookings" DROP COLUMN "notes"'],
    });
    expect(source).toContain('export class BookingNotes1763900000000 implements MigrationInterface');
    expect(source).toContain(String.raw`DEFAULT '\`\${x}\\'`);
    expect(source.indexOf('ADD "notes"')).toBeLessThan(source.indexOf('DROP COLUMN'));
  });
});
