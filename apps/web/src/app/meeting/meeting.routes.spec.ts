import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ParleySocket } from '@parley/web-socket';
import { Subject } from 'rxjs';
import { SessionStore } from '../session/session-store';
import { meetingRoutes } from './meeting.routes';

describe('meeting routes', () => {
  it('[C2] let the socket forget what waits when its person signs out, as long as there is one', () => {
    const signedOut = new Subject<void>();
    TestBed.configureTestingModule({ providers: [{ provide: SessionStore, useValue: { signedOut } }] });
    const [route] = meetingRoutes;
    const injector = createEnvironmentInjector(route?.providers ?? [], TestBed.inject(EnvironmentInjector));
    const forget = jest.spyOn(injector.get(ParleySocket), 'signOut');
    expect(forget).not.toHaveBeenCalled();
    signedOut.next();
    expect(forget).toHaveBeenCalledTimes(1);
    injector.destroy();
    signedOut.next();
    expect(forget).toHaveBeenCalledTimes(1);
  });
});
