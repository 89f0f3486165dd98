/** `describe`, skipped where `npm test` found no Coturn and has said so. */
export const describeWithCoturn = process.env.PARLEY_COTURN === 'skip' ? describe.skip : describe;
