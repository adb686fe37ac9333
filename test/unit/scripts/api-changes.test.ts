import { describe, expect, it } from 'vitest';
import { breakingChanges } from '../../../scripts/checks/api-changes.ts';
import { currentDocument } from '../../../scripts/checks/openapi.ts';

type Schema = Record<string, unknown>;
const text = { type: 'string' };
const answer = (schema: Schema) => ({ 200: { content: { 'application/json': { schema } } } });
const api = (operation: Schema, components: Schema = {}) => ({
  paths: { '/things': { get: { parameters: [], responses: answer({}), ...operation } } },
  components: { schemas: components },
});
const query = (schema: Schema, more: Schema = {}) => ({ parameters: [{ name: 'by', in: 'query', schema, ...more }] });
const responding = (schema: Schema) => api({ responses: answer(schema) });
const object = (properties: Schema, required: string[] = []) => ({ type: 'object', properties, required });
const posting = (schema: Schema) => api({ requestBody: { content: { 'application/json': { schema } } } });

describe('what breaks programs', () => {
  it.each<[string, ReturnType<typeof api>, unknown, string]>([
    ['a route', api({}), { paths: {} }, 'GET /things is gone'],
    ['a method', api({}), { paths: { '/things': { post: {} } } }, 'GET /things is gone'],
    ['a status', api({}), api({ responses: { 201: {} } }), 'GET /things: the status 200 is gone'],
    ['a parameter', api(query(text)), api({}), 'GET /things: the parameter by (query) is gone'],
    [
      'a parameter that is now needed',
      api(query(text)),
      api(query(text, { required: true })),
      'by (query) is now required',
    ],
    [
      'a new parameter that is needed',
      api({}),
      api(query(text, { required: true })),
      'the new parameter by (query) is required',
    ],
    ['another type of a parameter', api(query(text)), api(query({ type: 'number' })), 'was string and is number'],
    [
      'another default',
      api(query({ ...text, default: 'a' })),
      api(query({ ...text, default: 'b' })),
      'the default was "a" and is "b"',
    ],
    ['a value less', api(query({ enum: ['a', 'b'] })), api(query({ enum: ['a'] })), 'no longer takes b'],
    ['values where all were taken', api(query(text)), api(query({ ...text, enum: ['a'] })), 'takes only a now'],
    [
      'a lower maximum',
      api(query({ type: 'number', maximum: 9 })),
      api(query({ type: 'number', maximum: 8 })),
      'maximum was lowered to 8',
    ],
    ['a first maximum', api(query(text)), api(query({ ...text, maxLength: 8 })), 'maxLength was lowered to 8'],
    [
      'a higher minimum',
      api(query({ type: 'integer', minimum: 0 })),
      api(query({ type: 'integer', minimum: 1 })),
      'minimum was raised to 1',
    ],
    ['a field of an answer', responding(object({ a: text })), responding(object({})), 'the answer 200.a is gone'],
    [
      'a deep field',
      responding({ type: 'array', items: object({ a: object({ b: text }) }) }),
      responding({ type: 'array', items: object({ a: object({}) }) }),
      'the answer 200[].a.b is gone',
    ],
    [
      'another type of a field',
      responding(object({ a: text })),
      responding(object({ a: { type: 'number' } })),
      '200.a was string and is number',
    ],
    [
      'a field that may be null now',
      responding(object({ a: text })),
      responding(object({ a: { anyOf: [text, { type: 'null' }] } })),
      '200.a was string and is string or null',
    ],
    [
      'a field that may be left out now',
      responding(object({ a: text }, ['a'])),
      responding(object({ a: text })),
      '200.a may be left out now',
    ],
    ['a field of a body', posting(object({ a: text })), posting(object({})), 'the body.a is gone'],
    [
      'a field of a body that is needed now',
      posting(object({ a: text })),
      posting(object({ a: text }, ['a'])),
      'the body.a is now required',
    ],
    [
      'a field of a body that may not be null now',
      posting(object({ a: { type: ['string', 'null'] } })),
      posting(object({ a: text })),
      'was string or null and is string',
    ],
    [
      'another form of the answer',
      api({ responses: { 200: { content: { 'text/csv': {} } } } }),
      api({}),
      'is no longer text/csv',
    ],
    [
      'what stands behind a reference',
      api({ responses: answer({ $ref: '#/components/schemas/A' }) }, { A: object({ a: text }) }),
      api({ responses: answer({ $ref: '#/components/schemas/A' }) }, { A: object({}) }),
      '200.a is gone',
    ],
  ])('%s', (_, before, after, sentence) => {
    const found = breakingChanges(before, after as typeof before);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(sentence);
  });

  it('is found in the true document: any field, route or parameter that goes', async () => {
    const before = await currentDocument();
    expect(breakingChanges(before, before)).toEqual([]);
    const after = structuredClone(before) as { paths: Record<string, { get?: { parameters?: unknown[] } }> };
    const [first] = Object.entries(after.paths).filter(([, item]) => (item.get?.parameters?.length ?? 0) > 0);
    first?.[1].get?.parameters?.pop();
    expect(breakingChanges(before, after)).toHaveLength(1);
    expect(breakingChanges(before, { ...before, paths: {} }).length).toBe(
      Object.values(before['paths'] as object).flatMap((item) => Object.keys(item)).length,
    );
  });
});

describe('what breaks nobody', () => {
  it.each<[string, unknown, unknown]>([
    ['a new route', { paths: {} }, api({})],
    ['a new parameter', api({}), api(query(text))],
    ['a parameter that is no longer needed', api(query(text, { required: true })), api(query(text))],
    ['a value more', api(query({ enum: ['a'] })), api(query({ enum: ['a', 'b'] }))],
    ['a higher maximum', api(query({ type: 'number', maximum: 8 })), api(query({ type: 'number', maximum: 9 }))],
    ['a new field of an answer', responding(object({})), responding(object({ a: text }, ['a']))],
    [
      'a field that is never null now',
      responding(object({ a: { anyOf: [text, { type: 'null' }] } })),
      responding(object({ a: text })),
    ],
    ['a field that is always there now', responding(object({ a: text })), responding(object({ a: text }, ['a']))],
    ['a body that takes null too', posting(object({ a: text })), posting(object({ a: { type: ['string', 'null'] } }))],
    ['a new status of an error', api({}), api({ responses: { ...answer({}), 429: {} } })],
    ['other words', api({ summary: 'a' }), api({ summary: 'b' })],
  ])('%s', (_, before, after) => {
    expect(breakingChanges(before as Schema, after as Schema)).toEqual([]);
  });

  it('an answer that is described elsewhere now', () => {
    const inPlace = { paths: api({ responses: answer(object({ a: text })) }).paths };
    const elsewhere = {
      paths: api({ responses: { 200: { $ref: '#/components/responses/200' } } }).paths,
      components: { responses: answer(object({ a: text })) },
    };
    expect(breakingChanges(inPlace, elsewhere)).toEqual([]);
    expect(breakingChanges(inPlace, { ...elsewhere, components: { responses: answer(object({})) } })).toHaveLength(1);
  });

  it('a schema that holds itself ends', () => {
    const tree = (leaf: Schema) =>
      api(
        { responses: answer({ $ref: '#/components/schemas/T' }) },
        {
          T: object({ leaf, inner: { $ref: '#/components/schemas/T' } }),
        },
      );
    expect(breakingChanges(tree(text), tree({ ...text, description: 'new' }))).toEqual([]);
    expect(breakingChanges(tree(text), tree({ type: 'number' })).length).toBeGreaterThan(0);
  });
});
