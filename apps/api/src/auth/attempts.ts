import { Inject, Injectable } from '@nestjs/common';
import { RateLimit, connectionPool } from '@parley/persistence';
import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config/config';
import { tooMany } from '../http/problem.exception';
import { addressKey } from './address-key';

const QUARTER_S = 15 * 60;
const HOUR_S = 60 * 60;

/** Bounds what can be guessed: passwords, accounts, e-mail addresses. Counted in the database, for all nodes together. */
@Injectable()
export class Attempts {
  private readonly account: RateLimiterPostgres;
  private readonly address: RateLimiterPostgres;
  private readonly registrations: RateLimiterPostgres;
  private readonly invitees: RateLimiterPostgres;

  constructor(@Inject(CONFIG) config: Config, dataSource: DataSource) {
    const limiter = (keyPrefix: string, points: number, duration: number): RateLimiterPostgres =>
      new RateLimiterPostgres({
        storeClient: connectionPool(dataSource),
        storeType: 'pool',
        tableName: dataSource.getMetadata(RateLimit).tableName,
        tableCreated: true,
        keyPrefix,
        points,
        duration,
      });
    this.account = limiter('sign-in-account', config.signInPerAccount, QUARTER_S);
    this.address = limiter('sign-in-address', config.signInPerAddress, QUARTER_S);
    this.registrations = limiter('register', config.registrationsPerAddress, HOUR_S);
    this.invitees = limiter('invite', config.unknownInvitees, HOUR_S);
  }

  /**
   * Counts an attempt to sign in before it is made, so that many at once do not slip through together.
   *
   * @returns to be called when the password was right: then it does not count
   */
  async signIn(address: string, email: string): Promise<() => Promise<void>> {
    const from = addressKey(address);
    const whose = createHash('sha256').update(email).digest('hex');
    const detail = 'Too many attempts to sign in. Wait a little, then try again.';
    await spend(this.address, from, 1, detail);
    await spend(this.account, whose, 1, detail);
    return async () => {
      await Promise.all([this.address.reward(from, 1), this.account.delete(whose)]);
    };
  }

  async register(address: string): Promise<void> {
    await spend(this.registrations, addressKey(address), 1, 'Too many attempts to register. Try again later.');
  }

  /**
   * Counts addresses that someone wants to invite, before they are looked up.
   *
   * @returns to be called with how many of them have an account: those do not count
   */
  async invite(userId: string, count: number): Promise<(known: number) => Promise<void>> {
    const detail = 'Too many addresses without an account. Try again later.';
    if (count > 0) await spend(this.invitees, userId, count, detail);
    return async (known) => {
      if (known > 0) await this.invitees.reward(userId, known);
    };
  }
}

async function spend(limiter: RateLimiterPostgres, key: string, points: number, detail: string): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw tooMany(detail, refusal.msBeforeNext);
    throw refusal;
  }
}
