/** `0.5 of 4 cores`, with the quota where there is one; what was not measured says so. */
export function ofQuota(used: number | null, limit: number | null, say: (value: number) => string): string {
  const now = used === null ? 'no data' : say(used);
  return limit === null ? now : `${now} of ${say(limit)}`;
}
