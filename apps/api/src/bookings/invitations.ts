import { Injectable } from '@nestjs/common';
import { Users } from '@parley/persistence';
import { Attempts } from '../auth/attempts';
import { badInput } from '../http/problem.exception';

/**
 * Turns e-mail addresses into people. Only exact addresses of people with an account are found, and how many others
 * one user may try is limited: so nobody can search through addresses.
 */
@Injectable()
export class Invitations {
  constructor(
    private readonly users: Users,
    private readonly attempts: Attempts,
  ) {}

  /**
   * @param field where each address came from, for the problem document
   * @throws ProblemException 400 naming each address without an account, 429 after too many of them
   */
  async find(inviterId: string, emails: readonly string[], field: (index: number) => string): Promise<string[]> {
    const unique = [...new Set(emails)];
    const foundOf = await this.attempts.invite(inviterId, unique.length);
    const users = await this.users.findByEmails(unique);
    await foundOf(users.length);
    const byEmail = new Map(users.map((user) => [user.email, user.id]));
    const unknown = emails.flatMap((email, index) =>
      byEmail.has(email)
        ? []
        : [
            {
              field: field(index),
              message: 'Nobody with this address has an account here. Check it, or ask them to register.',
            },
          ],
    );
    if (unknown.length > 0) throw badInput(unknown);
    return [...byEmail.values()];
  }
}
