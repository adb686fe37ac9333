import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatEncryption, formatRotation } from '../../../src/cli/output/encryption-text.ts';
import { type CommandWorld, createCommandWorld, type RunningCommand } from '../../fakes/cli/run-command.ts';
import { kubernetesAnswers } from '../../fakes/router/kubernetes-answers.ts';

let world: CommandWorld;
const running: RunningCommand[] = [];
beforeEach(() => {
  world = createCommandWorld();
});
afterEach(async () => {
  for (const command of running.splice(0)) {
    command.stop();
    await command.exitCode;
  }
  world.remove();
});
const run = (args: readonly string[], env: Record<string, string> = {}) => {
  const command = world.run(['encryption', ...args], { env });
  running.push(command);
  return command;
};

describe('podwatt encryption', () => {
  it('prints which key is in force and which are needed, and nothing of a key', async () => {
    const command = run(['status']);
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toBe(
      'Key in force: 0a1b2c3d4e5f (the key file secret.key in /data)\n2 kubeconfigs sealed with 0a1b2c3d4e5f\n',
    );
    const json = run(['status', '--json']);
    await json.exitCode;
    expect(JSON.parse(json.stdout())).toEqual(kubernetesAnswers.encryption);
  });

  it('rotates, and names the kept file', async () => {
    const command = run(['rotate']);
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toContain('Key in force: f5e4d3c2b1a0\n2 kubeconfigs sealed anew.\n');
    expect(command.stdout()).toContain('Remove it when no backup needs it.');
  });

  it('passes the new key file on by its whole path', async () => {
    const command = run(['rotate', '--new-key-file', 'keys/new']);
    expect(await command.exitCode).toBe(0);
    expect(command.fake.inputs.at(-1)).toEqual({
      operation: 'k8s.rotateKey',
      input: { new_key_file: join(world.folder, 'keys/new') },
    });
  });

  it('hands the person’s own key to the backend, and refuses a bad one without showing it', async () => {
    const key = 'cd'.repeat(32);
    const command = run(['status'], { PODWATT_ENCRYPTION_KEY: key });
    expect(await command.exitCode).toBe(0);
    expect(command.requests[0]?.outside.encryptionKey).toMatchObject({ kind: 'variable', text: key });
    expect(command.stdout()).not.toContain(key);
    const bad = run(['status'], { PODWATT_ENCRYPTION_KEY: 'hunter2' });
    expect(await bad.exitCode).toBe(2);
    expect(bad.stderr()).toContain('PODWATT_ENCRYPTION_KEY');
    expect(bad.stderr()).not.toContain('hunter2');
  });
});

describe('in words', () => {
  it('a key that is missing is said with how many need it', () => {
    const text = formatEncryption({
      ...kubernetesAnswers.encryption,
      source: 'variable',
      location: 'PODWATT_ENCRYPTION_KEY',
      records: [{ key_id: 'feedfeedfeed', count: 1, can_open: false }],
      advice: ['Nothing is lost.'],
    });
    expect(text).toBe(
      'Key in force: 0a1b2c3d4e5f (your own key, of the variable PODWATT_ENCRYPTION_KEY)\n' +
        '1 kubeconfig sealed with feedfeedfeed: this key is not here\nNothing is lost.\n',
    );
    expect(formatEncryption({ ...kubernetesAnswers.encryption, records: [] })).toContain('No kubeconfig is stored.');
  });

  it('a rotation says what stayed as it was', () => {
    const text = formatRotation({
      ...kubernetesAnswers.rotateKey,
      sealed_anew: 0,
      already_sealed: 3,
      not_opened: [{ cluster: 'far', key_id: 'feedfeedfeed' }],
      advice: [],
    });
    expect(text).toBe(
      'Key in force: f5e4d3c2b1a0\n0 kubeconfigs sealed anew.\n3 kubeconfigs had that key already.\n' +
        'far could not be opened: it needs the key feedfeedfeed, and stays as it was.\n',
    );
  });
});
