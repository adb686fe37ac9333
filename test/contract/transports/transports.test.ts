import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../src/contract/contract.ts';
import { answers } from '../../fakes/router/answers.ts';
import { type OperationCase, operations } from './operations.ts';
import type { Outcome } from './outcomes.ts';
import { startTransports, type Transports } from './start-transports.ts';

const cases = Object.entries(operations).flatMap(([group, names]) =>
  Object.entries(names).map(([name, each]) => ({
    id: `${group}.${name}`,
    path: [group, name] as const,
    each: each as OperationCase<unknown>,
  })),
);

let transports: Transports;
beforeAll(async () => {
  transports = await startTransports();
});
afterAll(() => transports.stop());

/** The outcome over each transport that the operation has. */
async function ask(path: readonly [string, string], each: OperationCase<unknown>, input: unknown): Promise<Outcome[]> {
  const outcomes = [
    await transports.overPort(path, input, { take: each.take }),
    await transports.overRpc(path, input, { take: each.take }),
  ];
  if (each.rest !== null) {
    const { rest, method, status } = each;
    outcomes.push(await transports.overRest({ path: rest, method, status }, input, each.take));
  }
  return outcomes;
}

function expectSame(outcomes: Outcome[]): Outcome {
  const [first, ...others] = outcomes;
  for (const other of others) expect(other).toEqual(first);
  return first!;
}

it('has a case for every operation, with the path that the contract gives it', () => {
  const known = Object.entries(contract).flatMap(([group, names]) =>
    Object.entries(names).map(
      ([name, procedure]) => [`${group}.${name}`, procedure['~orpc'].route.path ?? null] as const,
    ),
  );
  const listed = new Map(cases.map(({ id, each }) => [id, each.rest]));
  expect([...listed.keys()].sort()).toEqual(known.map(([id]) => id).sort());
  for (const [id, path] of known) {
    // The export has a route that is written by hand, because its answer is a file.
    expect([id, listed.get(id)]).toEqual([id, id === 'reports.export' ? '/report/export' : path]);
  }
});

describe('the same answer everywhere', () => {
  it.each(cases)('$id', async ({ path, each }) => {
    const outcome = expectSame(await ask(path, each, each.input));
    const [group, name] = path;
    const canned: unknown = Reflect.get(Reflect.get(answers, group) ?? {}, name);
    if (each.status === 204) expect(outcome).toEqual({ value: undefined });
    else if (canned !== undefined) expect(outcome).toEqual({ value: canned });
    else expect(sizeOf(outcome)).toBeGreaterThan(1);
  });
});

describe('the same input for the backend everywhere', () => {
  it.each(cases.filter(({ each }) => each.input !== undefined))('$id', async ({ id, path, each }) => {
    const before = transports.fake.inputs.length;
    const outcomes = await ask(path, each, each.input);
    const seen = transports.fake.inputs.slice(before).filter(({ operation }) => operation === id);
    expect(seen).toHaveLength(outcomes.length);
    for (const { input } of seen) expect(input).toEqual(seen[0]?.input);
  });
});

describe('the same failures everywhere', () => {
  it.each(cases.filter(({ each }) => each.failBy !== null))('$id', async ({ path, each }) => {
    const failing = (value: string) => ({ ...(each.input as object), [each.failBy ?? '']: value });
    expect(expectSame(await ask(path, each, failing('missing')))).toEqual({
      error: {
        status: 404,
        failure: 'not-found',
        message: 'There is no "missing". Choose one of the list.',
        hint: 'Choose one of the list.',
      },
    });
    expect(expectSame(await ask(path, each, failing('busy')))).toMatchObject({
      error: { status: 409, failure: 'conflict' },
    });
    const boom = expectSame(await ask(path, each, failing('boom')));
    expect(boom).toMatchObject({ error: { status: 500, failure: 'unexpected' } });
    expect(JSON.stringify(boom)).not.toContain('hunter2');
  });
});

describe('the same refusals, in the same words, everywhere', () => {
  it.each(cases.filter(({ each }) => each.refused !== null))('$id', async ({ path, each }) => {
    const outcome = expectSame(await ask(path, each, each.refused));
    expect(outcome).toMatchObject({ error: { status: 400, failure: 'bad-input' } });
    expect(JSON.stringify(outcome)).not.toContain('Input validation failed');
  });
});

function sizeOf(outcome: Outcome): number {
  if ('events' in outcome) return outcome.events.length;
  return 'file' in outcome ? outcome.file.text.length : 0;
}

it('breaks a stream off with an error that says nothing private', async () => {
  const outcomes = await ask(['contexts', 'check'], operations.contexts.check as OperationCase<unknown>, {
    context: 'breaks',
  });
  expect(expectSame(outcomes)).toMatchObject({ error: { status: 500, failure: 'unexpected' } });
  expect(JSON.stringify(outcomes)).not.toContain('token=abc');
});
