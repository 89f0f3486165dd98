import { registration } from './accounts';
import { bookingChange, newBooking } from './bookings';

const times = { startsAt: '2026-11-23T10:00:00Z', endsAt: '2026-11-23T11:00:00Z', timeZone: 'Europe/Madrid' };
const ann = { email: 'ann@example.org', password: 'correct horse 🐴' };

/** The field that is refused, or what became of the text. */
const judged = {
  'a name': (text: string) => {
    const { data, error } = registration.safeParse({ ...ann, name: text });
    return error ? error.issues[0]?.path.join('.') : data.name;
  },
  'a title': (text: string) => {
    const { data, error } = newBooking.safeParse({ ...times, title: text });
    return error ? error.issues[0]?.path.join('.') : data.title;
  },
  'a changed title': (text: string) => {
    const { data, error } = bookingChange.safeParse({ title: text });
    return error ? error.issues[0]?.path.join('.') : data.title;
  },
};

describe.each(Object.entries(judged))('[A5] %s', (what, judge) => {
  it.each(['\0', 'a\u0000b', 'a\u0007b', 'a\nb', 'a\u0085b', 'a\u007fb', 'a\ud83db', '\udc00', 'a\u202eb', 'a\u2066b'])(
    'is refused with %j, by its field',
    (text) => {
      expect(judge(text)).toBe(what === 'a name' ? 'name' : 'title');
    },
  );

  it.each(['café 👩‍👩‍👧 日本語', 'שלום\u200f', 'O’Brien', 'می\u200cخواهم'])('may be %s', (text) => {
    expect(judge(`  ${text} `)).toBe(text);
  });
});
