/**
 * Stands in every bundle for what the SDK loads where a function never is: in a browser, and with credentials from files, single sign-on or metadata of a host.
 * Lambda gives a function its credentials in its environment, which the SDK asks first; whoever gets here has none.
 */
function absent(): never {
  throw new Error('the function has no credentials in its environment');
}

export const fromIni = absent;
export const fromSSO = absent;
export const fromProcess = absent;
export const fromTokenFile = absent;
export const fromHttp = absent;
export const fromContainerMetadata = absent;
export const fromInstanceMetadata = absent;
