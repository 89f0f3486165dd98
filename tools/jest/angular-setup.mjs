import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

// jsdom has no navigation timing: its pages were not reloaded.
if (!('getEntriesByType' in performance)) Object.assign(performance, { getEntriesByType: () => [] });
