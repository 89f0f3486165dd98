import { Injectable } from '@nestjs/common';
import { DataSource, In, QueryFailedError } from 'typeorm';
import { connectionPool } from '../data-source';
import { User } from '../entities';
import { Gathered } from '../gathered';

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly created_at: Date;
}

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

  /** Past TypeORM's builder, which takes as long as the database: every request asks who is behind it. */
  private async findAll(ids: readonly string[]): Promise<readonly (User | null)[]> {
    const { rows } = await connectionPool(this.dataSource).query<UserRow>({
      name: 'find-users',
      text: 'SELECT id, email, name, password_hash, created_at FROM users WHERE id = ANY($1::uuid[])',
      values: [ids],
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => {
      const row = byId.get(id);
      return row === undefined ? null : asUser(row);
    });
  }
}

function asUser({ password_hash: passwordHash, created_at: createdAt, ...row }: UserRow): User {
  return Object.assign(new User(), { ...row, passwordHash, createdAt });
}
