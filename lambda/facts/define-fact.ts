import type { Collected } from '../model/collected.ts';
import type { Derived } from '../model/derived.ts';
import type { FieldPaths } from '../model/fields.ts';
import type { SourceName, Sources } from '../model/sources.ts';
import type { Facts } from './facts.ts';

/** All that a check or a fact can ask for. */
export interface Inputs extends Sources, Facts {}
export type InputName = keyof Inputs;

/** How a wanted input is handed over: a source as it was collected, a fact as it was derived. */
export type Wanted<K extends InputName> = K extends SourceName ? Collected<Inputs[K]> : Derived<Inputs[K]>;

/** What `derive` and `evaluate` are shown: `needs` as values, `wants` as values or refusals, and nothing else. */
export type InputOf<N extends InputName, W extends InputName> = { readonly [K in N]: Inputs[K] } & {
  readonly [K in Exclude<W, N>]: Wanted<K>;
};

/** By source the namespace whose objects must have been read, or `all`. */
export type Reach = { readonly [S in SourceName]?: string };

/**
 * A value derived once per snapshot from what it names. `needs` are the inputs without which it could be wrong: if one was refused,
 * the fact is refused. `wants` could only add to it: if one was refused, the fact is there and says what it lacks.
 */
export interface FactDefinition<Name extends keyof Facts, N extends InputName = InputName, W extends InputName = InputName> {
  readonly name: Name;
  /** Goes up when the same snapshot would give another value. Counts into the revision of every check that uses the fact. */
  readonly revision: number;
  readonly needs: readonly N[];
  readonly wants: readonly W[];
  /** Of the wants those that could only make the value milder: if one was refused, nothing is missing from it. */
  readonly eases?: readonly W[];
  readonly fields: FieldPaths;
  /** Sources of which a look at some namespaces may see too little: the namespace that must be among them, or `all`. Else they count as refused. */
  readonly reach?: Reach;
  /** Sources that could add nothing, by what was read of others: that one of them was refused is not said. */
  irrelevant?(input: InputOf<N, W>): readonly SourceName[];
  /** `look`: the namespaces that were looked at; absent: all. */
  derive(input: InputOf<N, W>, look?: 'all' | readonly string[]): Facts[Name];
}

/** A fact in the registry: what it asks for is known by name only, so that facts of all kinds stand in one table. */
export type RegisteredFact<Name extends keyof Facts = keyof Facts> = Omit<FactDefinition<Name>, 'derive' | 'irrelevant'> & {
  irrelevant?(input: never): readonly SourceName[];
  derive(input: never, look?: 'all' | readonly string[]): Facts[Name];
};

/** Keeps the names of needs and wants as types, so that a fact that reads what it did not declare does not compile. */
export function defineFact<Name extends keyof Facts, const N extends InputName = never, const W extends InputName = never>(
  definition: Omit<FactDefinition<Name, N, W>, 'needs' | 'wants' | 'fields'> & {
    readonly needs?: readonly N[];
    readonly wants?: readonly W[];
    readonly fields?: FieldPaths;
  },
): FactDefinition<Name, N, W> {
  return { needs: [], wants: [], fields: {}, ...definition };
}
