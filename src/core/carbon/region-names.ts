/**
 * Names under which a node's region may stand in a table, best first: the region, the zone, and the zone without the
 * part that tells availability zones apart (`europe-west1-b`, `eu-west-3a`, `francecentral-1`, `francecentral1`, `fr-par-1`).
 */
export function regionCandidates(region: string | null, zone: string | null): string[] {
  const names: string[] = [];
  for (const name of [region, zone]) {
    if (name === null || name === '') continue;
    names.push(name);
    names.push(name.replace(/-[a-z]$/, ''));
    names.push(name.replace(/(\d)[a-z]$/, '$1'));
    names.push(name.replace(/-\d+$/, ''));
    names.push(name.replace(/^([a-z]+\d?)\d$/i, '$1'));
  }
  return [...new Set(names)];
}
