import { Injectable } from '@nestjs/common';
import { DataSource, In, QueryFailedError } from 'typeorm';
import { User } from '../entities';
import { Gathered } from '../gathered';

/** They only read. */
const LANES = 4;

const UNIQUE_VIOLATION = '23505';

/** Accounts. E-mail addresses come in lower case. */
@Injectable()
export class Users {
  private readonly wanted = new Gathered((ids: readonly string[]) => this.findAll(ids), LANES);

  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined when there is an account with this address already */
  async add(user: Pick<User, 'email' | 'name' | 'passwordHash'>): Promise<User | undefined> {
    try {
      return await this.dataSource.getRepository(User).save({ ...user });
    } catch (error) {
      if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION) {
        return undefined;
      }
      throw error;
    }
  }

  find(id: string): Promise<User | null> {
    return this.wanted.one(id);
  }

  findByEmail(email: string): Promise<User | null> {
    return this.dataSource.getRepository(User).findOneBy({ email });
  }

  findByEmails(emails: readonly string[]): Promise<User[]> {
    return this.dataSource.getRepository(User).findBy({ email: In([...emails]) });
  }

  private async findAll(ids: readonly string[]): Promise<readonly (User | null)[]> {
    const found = await this.dataSource.getRepository(User).findBy({ id: In([...new Set(ids)]) });
    const byId = new Map(found.map((user) => [user.id, user]));
    return ids.map((id) => byId.get(id) ?? null);
  }
}
