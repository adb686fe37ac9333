import type { BackendConfig } from '../../backend/config.ts';
import type { GridAddresses } from '../../backend/grid/grid-feeds.ts';
import type { GivenSources } from '../../backend/settings/source-settings.ts';
import { Failure } from '../../model/failure.ts';
import { encryptionKeyIn } from './encryption-setting.ts';
import type { Environment } from './environment.ts';
import type { SettingsLayer } from './setting-values.ts';

const KEY = 'PODWATT_ELECTRICITY_MAPS_KEY';

/** Outside sources, as variables and `config.yaml` say; they win over what was set in the app. */
export interface OutsideSettings {
  readonly sources: GivenSources;
  readonly gridAddresses: Partial<GridAddresses>;
  readonly zoneRules?: NonNullable<BackendConfig['zoneRules']>;
  readonly encryptionKey?: NonNullable<BackendConfig['encryptionKey']>;
  /** The key of a keychain, where the host has one. */
  readonly secretsKey?: NonNullable<BackendConfig['secretsKey']>;
  readonly kubeconfigConsent: NonNullable<BackendConfig['kubeconfigConsent']>;
}

/**
 * The key stands in a variable only: options are seen by others, and files are copied.
 * @throws Failure 'bad-input' that names the variable, and never shows a key
 */
export function outsideSettings(
  {
    offline,
    zone_rules: zoneRules,
    allow_kubeconfig_programs: allowsPrograms,
  }: Pick<SettingsLayer, 'offline' | 'zone_rules' | 'allow_kubeconfig_programs'>,
  env: Environment,
): OutsideSettings {
  const key = env[KEY]?.trim() ?? '';
  if (key !== '' && !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Failure('bad-input', `${KEY} must be one word of letters, digits and signs`);
  }
  const boaviztaUrl = addressIn('PODWATT_BOAVIZTA_URL', env);
  const electricityMaps = addressIn('PODWATT_ELECTRICITY_MAPS_URL', env);
  const gbCarbonIntensity = addressIn('PODWATT_GB_CARBON_INTENSITY_URL', env);
  const encryptionKey = encryptionKeyIn(env);
  return {
    ...(encryptionKey === null ? {} : { encryptionKey }),
    // A request over the network must not start programs of this machine, unless whoever runs Podwatt wants that.
    kubeconfigConsent: allowsPrograms === true ? 'asked' : 'refused',
    sources: {
      ...(offline === undefined ? {} : { offline }),
      ...(key === '' ? {} : { electricityMapsKey: key }),
      ...(boaviztaUrl === null ? {} : { boaviztaUrl }),
    },
    ...(zoneRules === undefined ? {} : { zoneRules }),
    gridAddresses: {
      ...(electricityMaps === null ? {} : { electricityMaps }),
      ...(gbCarbonIntensity === null ? {} : { gbCarbonIntensity }),
    },
  };
}

function addressIn(variable: string, env: Environment): string | null {
  const url = env[variable]?.trim() ?? '';
  if (url === '') return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '')
    return url;
  throw new Failure('bad-input', `${variable} takes an http or https address without a user and a password`);
}
