export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  text(row: Row): string;
}

/** Rows in aligned columns, two spaces apart, with a line of titles. Control characters of foreign names are shown as ?. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => printable(column.text(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  return lines
    .map(
      (line) =>
        `${columns
          .map((column, index) => pad(line[index] ?? '', widths[index] ?? 0, column.align))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}

/** Names come from clusters and files: an escape sequence in one must not reach the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
