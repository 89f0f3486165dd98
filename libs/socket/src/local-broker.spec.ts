import { LocalBroker } from './local-broker';
import { contractLimits, describeBroker } from './testing';

const service = new LocalBroker({ limits: contractLimits });
// A local broker is one process, so its "nodes" share the one instance.
describeBroker('LocalBroker', () => Promise.resolve(service));
