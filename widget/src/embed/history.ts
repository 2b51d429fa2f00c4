/** A page that changes its address without loading: by the Navigation API, which leaves the page's own functions alone. */
export function followRoutes(moved: () => void): void {
  if (window.navigation) window.navigation.addEventListener('currententrychange', moved);
  else followHistory(moved);
}

/** Where a browser has none: the page's own two functions, with ours after them. */
function followHistory(moved: () => void): void {
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name];
    history[name] = function (this: History, ...args: Parameters<History['pushState']>) {
      own.apply(this, args);
      moved();
    };
  }
  window.addEventListener('popstate', moved);
}
