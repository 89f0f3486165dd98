export { inGroups, seedExchanges } from './seed-exchanges';
export { seedPeople, type SeededPerson } from './seed-people';
export { seedTickets, type SeededTicket } from './seed-tickets';
export { TicketCounter } from './ticket-counter';
