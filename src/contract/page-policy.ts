/**
 * The content security policy of every page that Podwatt serves, over HTTP and over `app://`.
 * Styles may be inline because the scroll lock of dialogs and menus writes a style element; scripts never may.
 */
export const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
