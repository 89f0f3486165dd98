import { pageWakes } from './wake';

describe('pageWakes', () => {
  const page = globalThis as { window?: unknown; document?: unknown };

  afterEach(() => {
    delete page.window;
    delete page.document;
  });

  it('[C2] emits when the network is back and when the tab comes to the front, until nobody listens', () => {
    const window = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
    Object.assign(page, { window, document });
    const woken = jest.fn();
    const subscription = pageWakes.subscribe(woken);
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).toHaveBeenCalledTimes(2);
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).toHaveBeenCalledTimes(3);
    subscription.unsubscribe();
    for (const target of [window, document])
      for (const type of ['online', 'focus', 'visibilitychange']) target.dispatchEvent(new Event(type));
    expect(woken).toHaveBeenCalledTimes(3);
  });

  it('says nothing where there is no page', () => {
    const woken = jest.fn();
    pageWakes.subscribe(woken).unsubscribe();
    expect(woken).not.toHaveBeenCalled();
  });
});
