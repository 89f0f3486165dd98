import { Injectable, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Users, type User } from '@parley/persistence';
import type { Request } from 'express';
import { notSignedIn } from '../http/problem.exception';

const users = new WeakMap<Request, User>();

/** Lets signed-in people pass; others get 401. */
@Injectable()
export class SignedIn implements CanActivate {
  constructor(private readonly users: Users) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const request = context.switchToHttp().getRequest<Request>();
    const { userId } = request.session;
    const user = userId === undefined ? null : await this.users.find(userId);
    if (user === null) throw notSignedIn();
    users.set(request, user);
    return true;
  }
}

/** The one who is signed in; for handlers behind {@link SignedIn}. */
export const Me = createParamDecorator((_data: unknown, context: ExecutionContext): User => {
  const user = users.get(context.switchToHttp().getRequest<Request>());
  if (user === undefined) throw notSignedIn();
  return user;
});
