import { Injectable, type OnModuleInit } from '@nestjs/common';
import * as argon2 from 'argon2';
import { randomBytes } from 'node:crypto';

/** OWASP's recommendation for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const work = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Passwords as argon2id hashes. */
@Injectable()
export class Passwords implements OnModuleInit {
  private nobody = '';

  async onModuleInit(): Promise<void> {
    this.nobody = await this.hash(randomBytes(32).toString('base64url'));
  }

  hash(password: string): Promise<string> {
    return argon2.hash(normalised(password), work);
  }

  /**
   * Does the same work whether or not there is a hash to compare with, so that the time an answer takes does not tell
   * which addresses have an account.
   */
  async matches(hash: string | null, password: string): Promise<boolean> {
    const equal = await argon2.verify(hash ?? this.nobody, normalised(password));
    return hash !== null && equal;
  }
}

/** The same characters may be typed as different code points (RFC 8265 §4.2). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
