/** Where the page finds its script: our own copy, so that it works without the network. */
export const DOCS_SCRIPT_PATH = '/api/v1/docs/api-reference.js';
export const DOCS_CONFIGURATION_PATH = '/api/v1/docs/start.js';

/** Scalar writes its styles inline and draws data: images; it gets no more than that, and talks to nobody else. */
export const DOCS_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Podwatt API</title>
</head>
<body>
<div id="reference"></div>
<script src="${DOCS_SCRIPT_PATH}"></script>
<script src="${DOCS_CONFIGURATION_PATH}"></script>
</body>
</html>
`;

/** Everything that would reach for another host is off. */
export const DOCS_CONFIGURATION = `Scalar.createApiReference('#reference', {
  url: '/api/v1/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
});
`;
