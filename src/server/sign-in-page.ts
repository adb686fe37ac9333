/** What a browser without a session sees: no script, no input, one thing to do. */
export const SIGN_IN_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Podwatt</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto 0; padding: 0 1rem }
h1 { font-size: 1.25rem }
</style>
</head>
<body>
<h1>This browser is not signed in to Podwatt</h1>
<p>Open the address that Podwatt printed when it started. It works once: for another browser, or after Podwatt was
restarted, start it again and open the new address.</p>
</body>
</html>
`;
