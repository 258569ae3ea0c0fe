/** Where the record is kept unless somebody says otherwise. */
export const DEFAULT_STORE = '.eksaminer';
