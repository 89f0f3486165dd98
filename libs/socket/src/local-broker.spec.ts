import { LocalBroker } from './local-broker';
import { describeBroker } from './testing';

const service = new LocalBroker();
// A local broker is one process, so its "nodes" share the one instance.
describeBroker('LocalBroker', () => Promise.resolve(service));
