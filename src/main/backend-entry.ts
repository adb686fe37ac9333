import type {} from 'electron';
import { newSecret } from '../server/access.ts';
import { createSystemBackend } from '../server/create-system-backend.ts';
import { startHostedBackend } from '../server/hosted-backend.ts';
import { findPlaces } from '../server/places.ts';
import { loadSettings } from '../server/settings/load-settings.ts';
import { createStderrLog } from '../server/stderr-log.ts';
import { askForKey } from './backend-entry/ask-for-key.ts';
import { runBackendHost } from './backend-entry/backend-host.ts';

// A message that was just posted is lost where the process ends in the same moment.
const EXIT_DELAY_MILLISECONDS = 250;

const log = await createStderrLog('info');

const key = await askForKey(process.parentPort);

await runBackendHost(process.parentPort, {
  log,
  startBackend: async () => {
    const places = findPlaces(import.meta.dirname);
    const settings = await loadSettings({ options: {}, env: process.env, workingDir: process.cwd() });
    const { dataDir } = settings;
    // Windows are answered over ports; HTTP is for commands on the same data, on any free loopback port.
    const http = { host: '127.0.0.1', port: 0, token: newSecret() };
    // A person is there to say what a kubeconfig may run.
    const secretsKey = key === null ? {} : { secretsKey: async () => key };
    const outside = { ...settings.outside, ...secretsKey, kubeconfigConsent: 'asked' } as const;
    const backend = { ...settings, outside, places, log, sources: 'all', startsSample: false, apiPort: null } as const;
    return startHostedBackend({ ...http, dataDir, places, log, createBackend: () => createSystemBackend(backend) });
  },
  exit: (code) => void setTimeout(() => process.exit(code), EXIT_DELAY_MILLISECONDS),
});
