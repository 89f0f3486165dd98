import type { ExchangeFile } from '@parley/protocol';

export function fileOf(given: Partial<ExchangeFile> = {}): ExchangeFile {
  return {
    id: 'f1000000-0000-4000-8000-000000000001',
    name: 'plan é 日本語.pdf',
    type: 'application/pdf',
    bytes: 1_300_000,
    pages: 20,
    width: 595,
    height: 842,
    addedBy: 'ann',
    addedAt: '2026-11-23T10:00:00.000Z',
    ...given,
  };
}
