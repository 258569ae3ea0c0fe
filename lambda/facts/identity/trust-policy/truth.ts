/** `unknown`: it depends on something of the request that is not known here. */
export type Truth = boolean | 'unknown';

export function not(value: Truth): Truth {
  return value === 'unknown' ? value : !value;
}

/** True where one is; false where all are; of nothing, false. */
export function anyOf(values: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === 'unknown') result = value;
  }
  return result;
}

/** False where one is; true where all are; of nothing, true. */
export function allOf(values: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === 'unknown') result = value;
  }
  return result;
}
