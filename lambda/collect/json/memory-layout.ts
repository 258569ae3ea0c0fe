// What lies where in the memory of a JSON module. The window is last, because it grows.

/** Of each open bracket of a value that is skipped whether it is an object's: at address 0 and behind. */

/** What is open of an object that is projected: an integer each. */
export const FRAMES_AT = 2048;
export const MOST_FRAMES = 200;
/** What `project` gives besides a position, an integer each: where its text ends, which fields it saw, which of them it saw just so before. */
export const RESULTS_AT = 3072;
/** What every object's text begins with. */
export const OPENING_AT = 3584;
export const OPENING = ',{"apiVersion":0,"kind":0,"metadata":';
/** The text of projected objects. */
export const TEXT_AT = 4096;
export const TEXT_END = TEXT_AT + 256 * 1024;
/** Field tables. */
export const TABLES_AT = TEXT_END;
export const WINDOW_AT = 1024 * 1024;

/**
 * A node: what is kept of a value; of the elements of a list, or what chooses that, or how strings of it begin that may be kept (addresses or 0); behind it addresses of fields by the hash of their name, 0 for none.
 */
export const NODE = { flags: 0, mask: 4, each: 8, chooser: 12, starts: 16, fields: 20 } as const;
export const WHOLE = 1;
export const KEEPS_KEYS = 2;
export const KEEPS_ELEMENTS = 4;
export const EVERY_STRING = 8;
export const HOLDS_OBJECTS = 16;

/** How many beginnings there are, and the first bytes of each, as an integer. */
export const STARTS = { count: 0, bytes: 4 } as const;
export const BYTES_OF_START = 4;

/** A field of a node: the next one of the same hash, what is kept of it (0: it may not stand here), where it is remembered (0: not), and its name. */
export const FIELD = { next: 0, node: 4, memo: 8, bit: 12, length: 16, name: 20 } as const;

/** By which field elements are chosen, what is kept of those that no option is for, the first option; and an option: the next one, what is kept, the field's text. */
export const CHOOSER = { length: 0, otherwise: 4, options: 8, key: 12 } as const;
export const OPTION = { next: 0, node: 4, length: 8, text: 12 } as const;

/** The bytes of the last value of a field (length 0: of none), and where its text stands. */
export const MEMO = { length: 0, textFrom: 4, textTo: 8, bytes: 16 } as const;
export const MEMO_BYTES = 4096;

/** A kind of objects: the bytes that they begin with, up to their metadata, and what is kept of that. */
export const KIND = { length: 0, metadata: 4, bytes: 16 } as const;
export const HEAD_BYTES = 512;
