import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Router, TitleStrategy, provideRouter } from '@angular/router';
import { SessionStore } from '../session/session-store';
import { barePage } from './bare-page';
import { PageTitle } from './page-title';
import { Shell } from './shell';

@Component({ template: '<h1>One</h1>' })
class One {}
@Component({ template: '<h1>Two</h1><input />' })
class Two {}

describe('Shell', () => {
  let shell: ComponentFixture<Shell>;
  let router: Router;
  const root = () => shell.nativeElement as HTMLElement;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([
          { path: '', pathMatch: 'full', component: Two },
          { path: 'one', title: 'One', component: One },
          { path: 'two', title: 'Two', component: Two },
          { path: 'room', data: barePage, children: [{ path: ':id', component: One }] },
        ]),
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: TitleStrategy, useExisting: PageTitle },
      ],
    });
    shell = TestBed.createComponent(Shell);
    document.body.append(root());
    router = TestBed.inject(Router);
    await go('/one');
  });
  afterEach(() => root().remove());

  const go = async (path: string) => {
    await router.navigateByUrl(path);
    await shell.whenStable();
  };

  it('leaves the focus alone on the first page, and moves it to the heading of the next', async () => {
    expect(document.activeElement).toBe(document.body);
    await go('/two');
    expect(document.activeElement?.textContent).toBe('Two');
    expect(document.title).toBe('Two · Parley');
  });

  it('does not move the focus when only the query changes', async () => {
    await go('/two');
    root().querySelector('input')!.focus();
    await go('/two?tab=1');
    expect(document.activeElement?.tagName).toBe('INPUT');
  });

  it('leaves the page when its user signs out, in whichever tab', async () => {
    const leaving = TestBed.inject(SessionStore).signOut();
    TestBed.inject(HttpTestingController)
      .expectOne({ method: 'DELETE', url: '/api/session' })
      .flush(null, { status: 204, statusText: 'No Content' });
    await leaving;
    await shell.whenStable();
    expect(router.url).toBe('/');
    expect(root().textContent).not.toContain('One');
  });

  it('skips the bar without leaving the page', () => {
    const skip = root().querySelector<HTMLAnchorElement>('a.skip')!;
    const click = new MouseEvent('click', { cancelable: true, bubbles: true });
    skip.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(document.activeElement?.textContent).toBe('One');
  });

  it('says that the device is offline, and stops saying so', async () => {
    const network = () => root().querySelector('[role="status"]')?.textContent.trim();
    const online = jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    await shell.whenStable();
    expect(network()).toContain('You are offline');
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    await shell.whenStable();
    expect(network()).toBe('');
    online.mockRestore();
  });

  it('leaves the bar to a page that brings its own', async () => {
    expect(root().querySelector('header')).not.toBeNull();
    await go('/room/1');
    expect(root().querySelector('header')).toBeNull();
    await go('/two');
    expect(root().querySelector('header')).not.toBeNull();
  });
});
