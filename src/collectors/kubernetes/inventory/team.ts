/** Labels that name a team, best first; `app.kubernetes.io/part-of` names an application and is left out on purpose. */
export const DEFAULT_TEAM_LABELS: readonly string[] = ['team', 'app.kubernetes.io/team', 'squad'];

/** The first of the labels that is set; null if none is. */
export function teamOf(
  labels: Readonly<Record<string, string>> | null | undefined,
  teamLabels: readonly string[],
): string | null {
  for (const key of teamLabels) {
    const value = labels?.[key];
    if (value !== undefined && value !== '') return value;
  }
  return null;
}
