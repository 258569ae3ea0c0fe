/** What stands in a name where something changes from run to run. No API server accepts it in a name, so it meets no real one. */
const VARYING = '*';

/** Kubernetes' own alphabet for random suffixes: no vowels, no 0, 1, 3 (k8s.io/apimachinery, util/rand). */
const RANDOM_SUFFIX = /^(?:[bcdfghjklmnpqrstvwxz2456789]{5}|[bcdfghjklmnpqrstvwxz2456789]{8,10})$/;
/** Unix times, dates, build numbers. */
const NUMBER = /^[0-9]{8,}$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Hashes and the like; a word of hexadecimal letters alone ("deadbeef", "facade") is none. */
const HEXADECIMAL = /^(?=.*[0-9])[0-9a-f]{8,}$/;

/**
 * A name less what changes whenever its owner makes a new one: `build-run-x7k2f-compile` becomes `build-run-*-compile`.
 * Where this takes too much, two things share one identity and both are still judged; where it takes too little, every run looks new.
 */
export function stableName(name: string): string {
  return name
    .replace(UUID, VARYING)
    .split('-')
    .map((part) => (RANDOM_SUFFIX.test(part) || NUMBER.test(part) || HEXADECIMAL.test(part) ? VARYING : part))
    .join('-')
    .replace(/\*(?:-\*)+/g, VARYING);
}

/** The name of all things that one account makes with one `generateName`. Empty: their maker names them freely. */
export function generatedName(generateName: string, serviceAccount: string): string {
  const stem = stableName(generateName.replace(/-$/, ''));
  const pattern = stem === '' ? VARYING : stem.endsWith(VARYING) ? stem : `${stem}-${VARYING}`;
  return `${pattern} (ServiceAccount ${serviceAccount})`;
}
