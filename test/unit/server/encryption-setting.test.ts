import { describe, expect, test } from 'vitest';
import { encryptionKeyIn } from '../../../src/server/settings/encryption-setting.ts';
import { outsideSettings } from '../../../src/server/settings/source-setting.ts';

const KEY = 'ab'.repeat(32);

describe('the person’s own key', () => {
  test('is that of the variable, or of the file that one names', () => {
    expect(encryptionKeyIn({})).toBeNull();
    expect(encryptionKeyIn({ PODWATT_ENCRYPTION_KEY: '  ' })).toBeNull();
    expect(encryptionKeyIn({ PODWATT_ENCRYPTION_KEY: ` ${KEY}\n` })).toEqual({
      kind: 'variable',
      name: 'PODWATT_ENCRYPTION_KEY',
      text: KEY,
    });
    expect(encryptionKeyIn({ PODWATT_ENCRYPTION_KEY_FILE: '/keys/podwatt' })).toEqual({
      kind: 'file',
      name: 'PODWATT_ENCRYPTION_KEY_FILE',
      path: '/keys/podwatt',
    });
  });

  test('both at once are refused, and so is what is no key, without showing it', () => {
    const both = { PODWATT_ENCRYPTION_KEY: KEY, PODWATT_ENCRYPTION_KEY_FILE: '/keys/podwatt' };
    expect(() => encryptionKeyIn(both)).toThrow(/exclude each other/);
    const refuse = () => encryptionKeyIn({ PODWATT_ENCRYPTION_KEY: 'hunter2' });
    expect(refuse).toThrow(/PODWATT_ENCRYPTION_KEY does not hold a key/);
    expect(refuse).not.toThrow(/hunter2/);
  });

  test('goes to the backend with the other outside settings', () => {
    const { encryptionKey } = outsideSettings({}, { PODWATT_ENCRYPTION_KEY: KEY });
    expect(encryptionKey).toMatchObject({ kind: 'variable' });
    expect(outsideSettings({}, {})).not.toHaveProperty('encryptionKey');
  });
});

test('a server refuses programs of kubeconfigs until it is told otherwise', () => {
  expect(outsideSettings({}, {}).kubeconfigConsent).toBe('refused');
  expect(outsideSettings({ allow_kubeconfig_programs: false }, {}).kubeconfigConsent).toBe('refused');
  expect(outsideSettings({ allow_kubeconfig_programs: true }, {}).kubeconfigConsent).toBe('asked');
});
