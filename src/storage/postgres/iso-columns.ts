/** These columns as an answer's line carries them: instants as ISO-8601 with whole seconds, the others as they are. */
export function isoColumns(columns: readonly string[], instants: ReadonlySet<string>): string {
  return columns
    .map((column) =>
      instants.has(column)
        ? `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ${column}`
        : column,
    )
    .join(', ');
}
