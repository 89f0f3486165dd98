export { exchangeRoutes } from './exchange.routes';
