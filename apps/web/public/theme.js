// Runs before the first paint, so that a page never flashes in the other theme; theme-store.ts does the rest.
try {
  const theme = localStorage.getItem('parley.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked for this site: the system's theme it is.
}
