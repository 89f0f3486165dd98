export { startTestPostgres, type TestPostgres } from './test-postgres';
export { SilentProxy } from './silent-proxy';
export { bombPdf, encryptedPdf, sampleJpeg, samplePdf, samplePng, sampleWebp, writtenBombPdf } from './sample-files';
