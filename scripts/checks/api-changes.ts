import { isDeepStrictEqual } from 'node:util';

/** What a person asks for (`request`) or is given (`response`): what breaks one is harmless in the other. */
type Direction = 'request' | 'response';
type Json = { readonly [name: string]: unknown };

interface Side {
  readonly document: Json;
  readonly schema: Json;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
/** Schemas that hold themselves end here. */
const DEEPEST = 25;

/** Changes of an OpenAPI document that programs written for the one before may fail on; one sentence each. */
export function breakingChanges(before: Json, after: Json): string[] {
  const found: string[] = [];
  for (const [path, item] of Object.entries(objectOf(before['paths']))) {
    for (const method of METHODS) {
      const old = objectOf(item)[method];
      if (old === undefined) continue;
      const now = objectOf(objectOf(after['paths'])[path])[method];
      const name = `${method.toUpperCase()} ${path}`;
      if (now === undefined) found.push(`${name} is gone`);
      else operationChanges(name, [before, objectOf(old)], [after, objectOf(now)], found);
    }
  }
  return found;
}

function operationChanges(
  name: string,
  [before, old]: [Json, Json],
  [after, now]: [Json, Json],
  found: string[],
): void {
  const parametersNow = parametersOf(now);
  const parametersOld = parametersOf(old);
  for (const [key, parameter] of parametersOld) {
    const other = parametersNow.get(key);
    if (other === undefined) found.push(`${name}: the parameter ${key} is gone`);
    else {
      const one = { document: before, schema: objectOf(parameter['schema']) };
      schemaChanges(
        `${name}: the parameter ${key}`,
        'request',
        one,
        { document: after, schema: objectOf(other['schema']) },
        found,
      );
      defaultChange(`${name}: the parameter ${key}`, parameter, other, found);
      if (other['required'] === true && parameter['required'] !== true)
        found.push(`${name}: the parameter ${key} is now required`);
    }
  }
  for (const [key, parameter] of parametersNow) {
    if (!parametersOld.has(key) && parameter['required'] === true)
      found.push(`${name}: the new parameter ${key} is required`);
  }
  const [bodyOld, bodyNow] = [contentOf(old['requestBody'], before), contentOf(now['requestBody'], after)];
  contentChanges(`${name}: the body`, 'request', [before, bodyOld], [after, bodyNow], found);
  for (const [status, response] of Object.entries(objectOf(old['responses']))) {
    const other = objectOf(now['responses'])[status];
    if (other === undefined && status.startsWith('2')) found.push(`${name}: the status ${status} is gone`);
    if (other === undefined) continue;
    contentChanges(
      `${name}: the answer ${status}`,
      'response',
      [before, contentOf(response, before)],
      [after, contentOf(other, after)],
      found,
    );
  }
}

function contentChanges(
  name: string,
  direction: Direction,
  [before, old]: [Json, Json],
  [after, now]: [Json, Json],
  found: string[],
): void {
  for (const [type, media] of Object.entries(old)) {
    const other = now[type];
    if (other === undefined) {
      found.push(`${name} is no longer ${type}`);
      continue;
    }
    const one = { document: before, schema: objectOf(objectOf(media)['schema']) };
    schemaChanges(name, direction, one, { document: after, schema: objectOf(objectOf(other)['schema']) }, found);
  }
}

function schemaChanges(name: string, direction: Direction, one: Side, other: Side, found: string[], depth = 0): void {
  const [before, after] = [resolved(one), resolved(other)];
  if (depth > DEEPEST || isDeepStrictEqual(before, after)) return;
  const [old, now] = [typesOf(before, one.document), typesOf(after, other.document)];
  // Who asks may send what was allowed before; who reads gets nothing that could not come before.
  const lost =
    direction === 'request' ? old.filter((type) => !now.includes(type)) : now.filter((type) => !old.includes(type));
  if (lost.length > 0 && !old.includes('any') && !now.includes('any')) {
    found.push(`${name} was ${old.join(' or ')} and is ${now.join(' or ')}`);
    return;
  }
  if (direction === 'request') requestLimits(name, before, after, found);
  propertyChanges(name, direction, { ...one, schema: before }, { ...other, schema: after }, found, depth);
  for (const key of ['items', 'additionalProperties'] as const) {
    if (!isObject(before[key]) || !isObject(after[key])) continue;
    const inner = `${name}${key === 'items' ? '[]' : '.*'}`;
    schemaChanges(
      inner,
      direction,
      { ...one, schema: before[key] },
      { ...other, schema: after[key] },
      found,
      depth + 1,
    );
  }
  const [branchesOld, branchesNow] = [branchesOf(before), branchesOf(after)];
  if (branchesOld.length === 0 || branchesOld.length !== branchesNow.length) return;
  branchesOld.forEach((branch, index) => {
    schemaChanges(
      name,
      direction,
      { ...one, schema: branch },
      { ...other, schema: branchesNow[index] ?? {} },
      found,
      depth + 1,
    );
  });
}

function propertyChanges(
  name: string,
  direction: Direction,
  one: Side,
  other: Side,
  found: string[],
  depth: number,
): void {
  const [old, now] = [objectOf(one.schema['properties']), objectOf(other.schema['properties'])];
  const [requiredOld, requiredNow] = [listOf(one.schema['required']), listOf(other.schema['required'])];
  for (const [key, schema] of Object.entries(old)) {
    const field = `${name}.${key}`;
    if (now[key] === undefined) {
      found.push(`${field} is gone`);
      continue;
    }
    const inner = { ...one, schema: objectOf(schema) };
    schemaChanges(field, direction, inner, { ...other, schema: objectOf(now[key]) }, found, depth + 1);
    if (direction === 'response' && requiredOld.includes(key) && !requiredNow.includes(key)) {
      found.push(`${field} may be left out now`);
    }
  }
  if (direction === 'response') return;
  for (const key of requiredNow) {
    if (!requiredOld.includes(key)) found.push(`${name}.${String(key)} is now required`);
  }
}

/** What was taken before and is refused now. */
function requestLimits(name: string, before: Json, after: Json, found: string[]): void {
  const [valuesOld, valuesNow] = [valuesOf(before), valuesOf(after)];
  const gone = valuesNow === null ? [] : (valuesOld ?? []).filter((value) => !valuesNow.includes(value));
  if (gone.length > 0) found.push(`${name} no longer takes ${gone.map(String).join(', ')}`);
  if (valuesOld === null && valuesNow !== null)
    found.push(`${name} takes only ${valuesNow.map(String).join(', ')} now`);
  for (const limit of ['minimum', 'minLength', 'minItems', 'exclusiveMinimum'] as const) {
    if (numberOf(after[limit], Number.NEGATIVE_INFINITY) > numberOf(before[limit], Number.NEGATIVE_INFINITY)) {
      found.push(`${name}: ${limit} was raised to ${String(after[limit])}`);
    }
  }
  for (const limit of ['maximum', 'maxLength', 'maxItems', 'exclusiveMaximum'] as const) {
    if (numberOf(after[limit], Number.POSITIVE_INFINITY) < numberOf(before[limit], Number.POSITIVE_INFINITY)) {
      found.push(`${name}: ${limit} was lowered to ${String(after[limit])}`);
    }
  }
}

function defaultChange(name: string, before: Json, after: Json, found: string[]): void {
  const [old, now] = [objectOf(before['schema'])['default'], objectOf(after['schema'])['default']];
  if (!isDeepStrictEqual(old, now))
    found.push(`${name}: the default was ${JSON.stringify(old)} and is ${JSON.stringify(now)}`);
}

function resolved({ document, schema }: Side): Json {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const target = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, part) => objectOf(value)[part], document);
  return objectOf(target);
}

function typesOf(schema: Json, document: Json): string[] {
  const branches = branchesOf(schema);
  if (branches.length > 0) {
    return [...new Set(branches.flatMap((branch) => typesOf(resolved({ document, schema: branch }), document)))];
  }
  const { type } = schema as { type?: unknown };
  if (type !== undefined) return (Array.isArray(type) ? type.map(String) : [String(type)]).map(numeric);
  const values = valuesOf(schema);
  if (values === null) return ['any'];
  return [...new Set(values.map((value) => (value === null ? 'null' : numeric(typeof value))))];
}

/** Whole numbers are numbers: that difference is told by no other. */
function numeric(type: string): string {
  return type === 'integer' ? 'number' : type;
}

function branchesOf(schema: Json): Json[] {
  const branches = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(branches) ? branches.map(objectOf) : [];
}

function valuesOf(schema: Json): unknown[] | null {
  if ('const' in schema) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : null;
}

function parametersOf(operation: Json): Map<string, Json> {
  return new Map(
    listOf(operation['parameters'])
      .map(objectOf)
      .map((each) => [`${String(each['name'])} (${String(each['in'])})`, each]),
  );
}

function contentOf(body: unknown, document: Json): Json {
  return objectOf(resolved({ document, schema: objectOf(body) })['content']);
}

function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}
