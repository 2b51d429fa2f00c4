/** More than people do; a loop that calls without end is stopped here and not at the relay. */
export const CALLS_A_MINUTE = 60;
/** After this long the page's function that fetches a token is called again: where it failed, or its token ends sooner than that. */
export const FETCH_AGAIN_MS = 30_000;
