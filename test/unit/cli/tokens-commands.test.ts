import { describe, expect, it } from 'vitest';
import { formatTokens } from '../../../src/cli/output/tokens-text.ts';
import { answers, apiToken } from '../../fakes/router/answers.ts';
import { commandsOfTests } from './running-commands.ts';

const { run } = commandsOfTests();

describe('podwatt tokens', () => {
  it('lists them without secrets', async () => {
    const command = run(['tokens', 'list']);
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toMatch(/NAME +SCOPE +CREATED +EXPIRES +LAST USED +ID\nci +read +2026-11-01T00:00:00Z/);
    const json = run(['tokens', 'list', '--json']);
    await json.exitCode;
    expect(JSON.parse(json.stdout())).toEqual([apiToken]);
  });

  it('prints a new one alone on stdout, what it is on stderr', async () => {
    const command = run(['tokens', 'create', 'ci', '--scope', 'metrics', '--expires', '30d']);
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toBe(`${answers.tokens.create.token}\n`);
    expect(command.stderr()).toContain('Token "ci" (read) expires at 2027-01-30T00:00:00Z. It is shown this once.');
    expect(command.stderr()).not.toContain('pw_');
    expect(command.fake.inputs.at(-1)?.input).toEqual({ name: 'ci', scope: 'metrics', expires_in_days: 30 });
    const never = run(['tokens', 'create', 'ci', '--expires', 'never', '--json']);
    expect(await never.exitCode).toBe(0);
    expect(JSON.parse(never.stdout())).toEqual(answers.tokens.create);
    expect(never.fake.inputs.at(-1)?.input).toEqual({ name: 'ci', scope: 'read', expires_in_days: null });
  });

  it.each<[string[], string]>([
    [['create', 'ci', '--expires', '0d'], '--expires takes days'],
    [['create', 'ci', '--expires', '9999d'], '--expires takes days'],
    [['create', 'ci', '--expires', '2w'], '--expires takes days'],
    [['create', 'ci', '--scope', 'all'], 'Allowed choices are read, write, metrics'],
    [['create'], "missing required argument 'name'"],
  ])('refuses %j', async (args, text) => {
    const command = run(['tokens', ...args]);
    expect(await command.exitCode).toBe(2);
    expect(command.stderr()).toContain(text);
    expect(command.steps).toEqual([]);
  });

  it.each(['ci', 't1'])('revokes %s', async (named) => {
    const command = run(['tokens', 'revoke', named]);
    expect([await command.exitCode, command.stdout()]).toEqual([0, 'Token "ci" is revoked.\n']);
    expect(command.fake.inputs.at(-1)).toEqual({ operation: 'tokens.revoke', input: { id: 't1' } });
  });

  it('says which one is not there', async () => {
    const command = run(['tokens', 'revoke', 'other']);
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toBe('There is no API token "other".\npodwatt tokens list shows them.\n');
  });

  it('goes through a Podwatt that runs on the same data', async () => {
    const server = run(['serve', '--port', '0']);
    await server.firstLine();
    const command = run(['tokens', 'create', 'ci']);
    expect([await command.exitCode, command.steps]).toEqual([0, []]);
    expect(server.fake.inputs.at(-1)?.operation).toBe('tokens.create');
  });
});

describe('the table of tokens', () => {
  it('tells which are over, and those that never are', () => {
    const tokens = [apiToken, { ...apiToken, name: 'old', expires_at: null, last_used_at: '2026-11-20T00:00:00Z' }];
    const after = Date.parse('2027-02-01T00:00:00Z');
    expect(formatTokens(tokens, after)).toContain('2027-01-30T00:00:00Z (over)  never');
    expect(formatTokens(tokens, after)).toMatch(/old .* never +2026-11-20T00:00:00Z/);
    expect(formatTokens(tokens, Date.parse('2027-01-29T00:00:00Z'))).not.toContain('(over)');
    expect(formatTokens([], 0)).toContain('podwatt tokens create NAME');
  });
});
