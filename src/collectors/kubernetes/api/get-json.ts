import type { ClusterHttp } from './cluster-http.ts';
import { type Access, notKubernetes, statusFailure } from './status-failure.ts';

const TIMEOUT_MILLISECONDS = 10_000;

/** A JSON object from the API server. Throws `Failure` for every other status, and for what is no JSON. */
export async function getJson(
  http: ClusterHttp,
  path: string,
  access: Access,
  options: { readonly signal: AbortSignal; readonly accept?: string },
): Promise<unknown> {
  const response = await http.send({
    method: 'GET',
    path,
    headers: { accept: options.accept ?? 'application/json' },
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    signal: options.signal,
  });
  if (response.status !== 200) throw statusFailure(response, http.host, access);
  try {
    return JSON.parse(response.text);
  } catch {
    throw notKubernetes(http.host);
  }
}
