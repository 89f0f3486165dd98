/** `sessionStorage` where the browser allows it; asking throws where cookies are blocked. */
export function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    // Nothing to say to anyone: what is written then lasts as long as the page.
    return undefined;
  }
}
