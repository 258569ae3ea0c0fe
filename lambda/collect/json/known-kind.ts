import { compileFields, isWithin, unionOfTrees, type FieldTree } from '../fields/field-tree.ts';
import { treeWithWriters } from '../fields/newest-writer.ts';
import { FieldMatcher, matcherOf } from './field-matcher.ts';
import type { KindTable } from './kind-table.ts';

/** What an object is, where it says so itself or its list does. */
export interface TypeName {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What tells the owner that controls an object, below its metadata. */
export const OWNER_FIELDS = ['ownerReferences[].apiVersion', 'ownerReferences[].controller', 'ownerReferences[].kind'];
const OWNERS = compileFields(OWNER_FIELDS);

/** How a tree is used for objects of one kind. */
export interface TreeUse {
  readonly matcher: FieldMatcher;
  /** What the tree keeps of metadata. */
  readonly metadata: FieldTree;
  /** Metadata is read so that nothing need be taken away from it again: never, or where it names no owner. */
  readonly exact: boolean;
  readonly exactWithoutOwner: boolean;
}

/**
 * What was learnt of one kind: its tree for objects that nothing controls, and all that any of its trees keeps of metadata. So
 * metadata is read once, although it is the owner in it that tells which tree is right.
 */
export class KnownKind {
  readonly type: TypeName;
  readonly full: FieldTree | undefined;
  readonly uses = new Map<FieldTree, TreeUse>();
  metadata = OWNERS;
  /** By which objects are read that are like the one before; 'none': there can be none. */
  table: KindTable | 'none' | undefined;
  /** Reads `metadata`; labels and owners repeat from replica to replica. */
  metadataMatcher = new FieldMatcher(OWNERS, true);

  constructor(type: TypeName, full: FieldTree | undefined) {
    this.type = type;
    this.full = full;
    if (full) this.learnUse(full);
  }

  is({ apiVersion, kind }: TypeName): boolean {
    return this.type.kind === kind && this.type.apiVersion === apiVersion;
  }

  /** Widens `metadata` by what this tree keeps of it: it must be read again. */
  learnUse(tree: FieldTree): TreeUse {
    const kept = treeWithWriters(tree);
    this.metadata = unionOfTrees(this.metadata, kept.keys.get('metadata')!);
    this.metadataMatcher = new FieldMatcher(this.metadata, true);
    this.table = undefined;
    const trees = new Set([...this.uses.keys(), tree]);
    for (const known of trees) {
      const wider = treeWithWriters(known);
      const metadata = wider.keys.get('metadata')!;
      const exactWithoutOwner = isWithin({ ...this.metadata, keys: new Map([...this.metadata.keys].filter(([key]) => key !== 'ownerReferences')) }, metadata);
      this.uses.set(known, { matcher: matcherOf(wider), metadata, exact: isWithin(this.metadata, metadata), exactWithoutOwner });
    }
    return this.uses.get(tree)!;
  }
}
