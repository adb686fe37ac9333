type Scalar = string | number | boolean | undefined;

/** A REST call that answers what the table shows, ready to paste into a shell. */
export function apiCall(origin: string, path: string, input: Readonly<Record<string, Scalar>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(input)) if (value !== undefined) params.set(key, String(value));
  const query = params.toString();
  // Single quotes keep & and ? from the shell; URLSearchParams has escaped any quote inside.
  return `curl '${origin}/api/v1${path}${query === '' ? '' : `?${query}`}'`;
}
