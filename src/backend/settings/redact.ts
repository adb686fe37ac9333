/** An address without user, password, query and fragment; what is no address is not shown at all. */
export function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return '(not an address)';
  const parsed = new URL(url);
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  return `${parsed.protocol}//${parsed.host}${path}`;
}
