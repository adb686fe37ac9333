/**
 * Seconds from now that a `Retry-After` header asks to wait: a number of seconds, or an HTTP date; null for none or one
 * that can't be read. Source: RFC 9110, 10.2.3.
 */
export function retryAfterSeconds(header: string | null, nowMilliseconds: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // A bare number that is too long, or a fraction, must not be taken for a year.
  if (!/[a-z]/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMilliseconds) / 1000));
}
