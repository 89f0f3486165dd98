import { SignedOutError, UnavailableError } from './errors';
import { fetchTicket } from './fetch-ticket';

const ticket = { ticket: 'c1:secret', connectionId: 'c1', expiresAt: '2026-01-01T00:00:30.000Z' };

function answering(answer: Response): jest.SpyInstance<ReturnType<typeof fetch>, Parameters<typeof fetch>> {
  return jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
}

describe('fetchTicket', () => {
  afterEach(() => jest.restoreAllMocks());

  it('[T1] posts for a ticket', async () => {
    const fetched = answering(Response.json(ticket, { status: 201 }));
    await expect(fetchTicket()(undefined)).resolves.toEqual(ticket);
    expect(fetched.mock.calls).toEqual([['/api/ticket', expect.objectContaining({ method: 'POST', body: '{}' })]]);
  });

  it('[T4] names the connection that it had', async () => {
    const fetched = answering(Response.json(ticket));
    await fetchTicket('https://parley.example.org/api/ticket')('c1');
    expect(fetched.mock.calls[0]?.[1]?.body).toBe('{"resume":"c1"}');
  });

  it('[T1] says that one is signed out', async () => {
    answering(Response.json({}, { status: 401 }));
    await expect(fetchTicket()(undefined)).rejects.toBeInstanceOf(SignedOutError);
  });

  it.each([
    [503, { 'retry-after': '3' }, 3_000],
    [429, { 'retry-after': '0' }, 0],
    [503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT', date: 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
    [503, { 'retry-after': 'soon' }, undefined],
    [503, {}, undefined],
  ])('[T3] says when a server that answers %d with %j wants to be asked again', async (status, headers, retryAfter) => {
    answering(Response.json({}, { status, headers: new Headers(Object.entries(headers)) }));
    const error: unknown = await fetchTicket()(undefined).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ retryAfter });
  });

  it.each([
    [Response.json({}, { status: 503 }), 'HTTP status 503'],
    [Response.json({ ticket: 1 }), 'is no ticket'],
    [Response.json(null), 'is no ticket'],
    [new Response('<html>'), 'JSON'],
  ])('says what is wrong with another answer', async (answer, message) => {
    answering(answer);
    const error: unknown = await fetchTicket()(undefined).catch((reason: unknown) => reason);
    expect(error).not.toBeInstanceOf(SignedOutError);
    expect(String(error)).toContain(message);
  });
});
