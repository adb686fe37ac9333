/** Inverse of a symmetric positive matrix by Gauss and Jordan; null where it has none. */
export function inverseOf(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | null {
  const size = matrix.length;
  const work = matrix.map((row, index) => [...row, ...row.map((_, column) => (column === index ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    let best = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(work[row]?.[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0)) best = row;
    }
    const pivotRow = work[best];
    const pivot = pivotRow?.[column] ?? 0;
    if (pivotRow === undefined || Math.abs(pivot) < 1e-9) return null;
    work[best] = work[column] ?? pivotRow;
    const scaled = pivotRow.map((value) => value / pivot);
    work[column] = scaled;
    for (let row = 0; row < size; row += 1) {
      const other = work[row];
      const factor = other?.[column] ?? 0;
      if (row === column || other === undefined || factor === 0) continue;
      work[row] = other.map((value, place) => value - factor * (scaled[place] ?? 0));
    }
  }
  return work.map((row) => row.slice(size));
}

export function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
