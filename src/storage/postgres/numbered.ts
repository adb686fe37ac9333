/** `?` of shared statements as `$1`, `$2`, …, but for those inside quotes. */
export function numbered(text: string): string {
  let place = 0;
  return text.replace(/'[^']*'|"[^"]*"|\?/g, (part) => {
    if (part !== '?') return part;
    place += 1;
    return `$${place}`;
  });
}
