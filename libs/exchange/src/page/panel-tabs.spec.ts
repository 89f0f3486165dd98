import { TestBed } from '@angular/core/testing';
import { PanelTabs } from './panel-tabs';
import type { Panel } from './panels';

describe('panel tabs', () => {
  it('say which part somebody is at before it is chosen, with a pointer and with the keyboard', async () => {
    const fixture = TestBed.createComponent(PanelTabs);
    fixture.componentRef.setInput('label', 'Parts of the page');
    fixture.componentRef.setInput('panels', ['chat', 'board']);
    fixture.componentRef.setInput('shown', new Set<Panel>(['chat']));
    await fixture.whenStable();
    const heard: string[] = [];
    fixture.componentInstance.aimed.subscribe((panel) => heard.push(`at ${panel}`));
    fixture.componentInstance.chosen.subscribe((panel) => heard.push(panel));
    const [chat, board] = (fixture.nativeElement as HTMLElement).querySelectorAll('button');
    expect(chat?.getAttribute('aria-current')).toBe('true');
    board?.dispatchEvent(new Event('pointerenter'));
    chat?.dispatchEvent(new FocusEvent('focus'));
    expect(heard).toEqual(['at board', 'at chat']);
    board?.click();
    expect(heard.at(-1)).toBe('board');
  });
});
