// Runs before the first paint, so that a dark desk is never flashed at. The choice itself is made in app/theme.ts.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('podwatt:theme');
  } catch {
    choice = null;
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
