import { participantColour } from '@parley/protocol';
import { type Person, UNKNOWN_NAME } from './person';

/** Finds people by their userId; whoever is not known yet gets a stand-in with the right colour. */
export type FindPerson = (userId: string) => Person;

/** @param sources the later ones win, so that a new name replaces the old one */
export function knownPeople(...sources: readonly (readonly Person[])[]): readonly Person[] {
  const people = new Map<string, Person>();
  for (const source of sources) {
    for (const { userId, name, colour } of source) people.set(userId, { userId, name, colour });
  }
  return [...people.values()];
}

/** Equality of what is shown of people, for signals. */
export function samePeople(one: readonly Person[], other: readonly Person[]): boolean {
  return (
    one.length === other.length &&
    one.every((person, index) => {
      const match = other[index];
      return match?.userId === person.userId && match.name === person.name && match.colour === person.colour;
    })
  );
}

export function findIn(people: readonly Person[]): FindPerson {
  const byId = new Map(people.map((person) => [person.userId, person]));
  return (userId) => byId.get(userId) ?? { userId, name: UNKNOWN_NAME, colour: participantColour(userId) };
}
