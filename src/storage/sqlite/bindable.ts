/** Values of a line in the order of its columns, as SQLite takes them: yes and no are 1 and 0. */
export function bindable<Column extends string>(
  line: Readonly<Record<Column, string | number | boolean | null>>,
  columns: readonly Column[],
): (string | number | null)[] {
  return columns.map((column) => {
    const value: string | number | boolean | null = line[column];
    return typeof value === 'boolean' ? Number(value) : value;
  });
}
