import { Component, input } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { SocketClient } from '@parley/client';
import { FakeClock, FakeServer } from '@parley/client/testing';
import { injectChannel } from './inject-channel';
import { provideParleySocket } from './provide-parley-socket';

interface TextActions {
  message: { text: string };
  typing: null;
}

@Component({
  selector: 'parley-chat',
  template: `{{ chat.state() }}:
    @for (person of chat.userList(); track person.userId) {
      {{ person.name }}
    }`,
})
class Chat {
  readonly topic = input.required<string>();
  readonly chat = injectChannel<TextActions>(() => this.topic());
  readonly heard: string[] = [];
  readonly noticed: string[] = [];
  ended = false;

  constructor() {
    this.chat.messages.subscribe({
      next: (message) => {
        if (message.action === 'message') this.heard.push(message.payload.text);
      },
      complete: () => {
        this.ended = true;
      },
    });
    this.chat.subscriber.subscribe(({ name }) => this.noticed.push(`${name} came`));
    this.chat.unsubscriber.subscribe(({ name }) => this.noticed.push(`${name} left`));
  }
}

const ann = { userId: 'ann', name: 'Ann' };
const ben = { userId: 'ben', name: 'Ben 👩‍👩‍👧' };
const first = 'exchange/text:first';
const second = 'exchange/text:second';

async function setUp() {
  const clock = new FakeClock();
  const server = new FakeServer({ clock });
  TestBed.configureTestingModule({ providers: [provideParleySocket({ clock, ...server.optionsFor(ann) })] });
  const fixture = TestBed.createComponent(Chat);
  fixture.componentRef.setInput('topic', first);
  const other = new SocketClient({ clock, ...server.optionsFor(ben) });
  const settle = async () => {
    await fixture.whenStable();
    await clock.advance(100);
    await fixture.whenStable();
  };
  await settle();
  return { server, fixture, other, settle, chat: fixture.componentInstance };
}

describe('injectChannel', () => {
  it('joins the topic of an input and shows who is here', async () => {
    const { fixture, other, settle, chat } = await setUp();
    expect(shown(fixture)).toBe('joined: Ann');
    const theirs = other.channel<TextActions>(first).messages.subscribe();
    await settle();
    expect(shown(fixture)).toBe('joined: Ann Ben 👩‍👩‍👧');
    theirs.unsubscribe();
    await settle();
    expect(shown(fixture)).toBe('joined: Ann');
    expect(chat.noticed).toEqual(['Ben 👩‍👩‍👧 came', 'Ben 👩‍👩‍👧 left']);
  });

  it('sends and hears', async () => {
    const { settle, chat } = await setUp();
    const acked = chat.chat.channel().storeMessage('message', { text: 'café' });
    await settle();
    await expect(acked).resolves.toMatchObject({ seq: 1 });
    expect(chat.heard).toEqual(['café']);
  });

  it('shows what is on its way, and what one may do', async () => {
    const { server, settle, chat } = await setUp();
    expect(chat.chat.allowed()).toEqual({ publish: true, store: true });
    server.allow('ann', first, { publish: true, store: false });
    const sent = chat.chat.channel().storeMessage('message', { text: 'café' }, { id: 'a' });
    expect(chat.chat.outgoing()).toMatchObject([{ id: 'a', payload: { text: 'café' } }]);
    await settle();
    await expect(sent).rejects.toMatchObject({ code: 'forbidden' });
    expect(chat.chat.outgoing()).toMatchObject([{ id: 'a', failure: { code: 'forbidden' } }]);
    expect(chat.chat.allowed()).toEqual({ publish: true, store: false });
  });

  it('goes on with another topic when its input changes, and leaves the old one', async () => {
    const { server, fixture, other, settle, chat } = await setUp();
    const stays = other.channel<TextActions>(second);
    stays.messages.subscribe();
    await settle();
    fixture.componentRef.setInput('topic', second);
    await settle();
    expect(shown(fixture)).toBe('joined: Ben 👩‍👩‍👧 Ann');
    expect(server.topic(first).members.size).toBe(0);
    void stays.storeMessage('message', { text: 'here' });
    void other.transmit(true, 'message', first, { text: 'there' });
    await settle();
    expect(chat.heard).toEqual(['here']);
  });

  it('ends with its component', async () => {
    const { server, fixture, settle, chat } = await setUp();
    expect(server.topic(first).members.size).toBe(1);
    fixture.destroy();
    await settle();
    expect(server.topic(first).members.size).toBe(0);
    expect(chat.ended).toBe(true);
  });

  it('needs an injector', () => {
    expect(() => injectChannel(() => first)).toThrow('NG0203');
  });
});

function shown(fixture: ComponentFixture<Chat>): string {
  return (fixture.nativeElement as HTMLElement).textContent.replace(/\s+/g, ' ').trim();
}
