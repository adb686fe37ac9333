export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** Parameters in query or form encoding; a list becomes one pair an element. */
export function encodeParameters(parameters: Parameters): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of typeof value === 'string' ? [value] : value) pairs.append(name, item);
  }
  return pairs.toString();
}

/**
 * Path, query, body and content type that carry the parameters: in the query of a GET, in the form of a POST. With `json`
 * the body is that, and the parameters are in the query of a POST too.
 */
export function placeParameters(
  method: 'GET' | 'POST',
  path: string,
  parameters: Parameters,
  json?: unknown,
): { path: string; body?: string; headers: Record<string, string> } {
  const encoded = encodeParameters(parameters);
  const withQuery = encoded === '' ? path : `${path}?${encoded}`;
  if (json !== undefined) {
    return { path: withQuery, body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  }
  if (method === 'POST') {
    return { path, body: encoded, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  }
  return { path: withQuery, headers: {} };
}
