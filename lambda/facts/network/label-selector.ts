import type { V1LabelSelector } from '@kubernetes/client-node';
import { objectsOf, pairsOf, textsOf, written } from '../as-read.ts';

export type Labels = Readonly<Record<string, string>>;

/** A label selector, compiled once. */
export interface Selector {
  /** `{}`: selects all there is and all there will be. */
  readonly everything: boolean;
  /** What was written, the same text for the same selection: order and empty lists left out. */
  readonly text: string;
  /** Labels that every match has, with one of these values; any value where there are none. Empty: nothing is sure. */
  readonly certain: readonly { readonly key: string; readonly values?: readonly string[] }[];
  /** All of these hold of a match, and what they all hold of matches. */
  readonly requirements: readonly Requirement[];
  matches(labels: Labels): boolean;
}

export interface Requirement {
  readonly key: string;
  /** In, NotIn, Exists, DoesNotExist; any other one matches nothing. */
  readonly operator: string;
  readonly values: readonly string[];
}

/**
 * `undefined` selects everything, as `{}` does; where absence means something else the caller looks before. In, NotIn, Exists, DoesNotExist;
 * NotIn and DoesNotExist match where the key is absent; an unknown operator matches nothing.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function compileSelector(selector: V1LabelSelector | null | undefined): Selector {
  return compiled(requirementsOf(selector));
}

function compiled(requirements: readonly Requirement[]): Selector {
  return requirements.length === 0 ? EVERYTHING : new CompiledSelector(inOrder(requirements));
}

/** Selectors of one snapshot, each compiled once: equal ones are one object, so that they are told apart without their texts. */
export class SelectorTable {
  readonly #ofLabel = new Map<string, Map<string, Selector>>();
  readonly #ofText = new Map<string, Selector>();

  of(selector: V1LabelSelector | null | undefined): Selector {
    const requirements = requirementsOf(selector);
    const first = requirements[0];
    if (!first) return EVERYTHING;
    // Nearly all name one label, and need no text to be found by.
    if (requirements.length === 1 && first.operator === 'In' && first.values.length === 1) return this.#label(first.key, first.values[0]!, requirements);
    const made = compiled(requirements);
    const known = this.#ofText.get(made.text);
    if (!known) this.#ofText.set(made.text, made);
    return known ?? made;
  }

  #label(key: string, value: string, requirements: readonly Requirement[]): Selector {
    let byValue = this.#ofLabel.get(key);
    if (!byValue) this.#ofLabel.set(key, (byValue = new Map()));
    let known = byValue.get(value);
    if (!known) byValue.set(value, (known = new CompiledSelector(requirements)));
    return known;
  }
}

/** A cluster has tens of thousands: what only some are asked is made when they are. */
class CompiledSelector implements Selector {
  readonly requirements: readonly Requirement[];
  readonly everything: boolean;
  #text: string | undefined;
  #certain: Selector['certain'] | undefined;

  constructor(requirements: readonly Requirement[]) {
    this.requirements = requirements;
    this.everything = requirements.length === 0;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.requirements.map(textOf)));
  }

  get certain(): Selector['certain'] {
    return (this.#certain ??= this.requirements.flatMap(({ key, operator, values }) => (operator === 'In' ? [{ key, values }] : operator === 'Exists' ? [{ key }] : [])));
  }

  matches(labels: Labels): boolean {
    // By index: asked of each workload for each selector of exclusions.
    for (let i = 0; i < this.requirements.length; i++) if (!meets(labels, this.requirements[i]!)) return false;
    return true;
  }
}

/** `{}`, and the only selector that selects everything: whoever looks for it compares objects. */
export const EVERYTHING: Selector = new CompiledSelector([]);

const NONE: readonly Requirement[] = [];

function requirementsOf(selector: V1LabelSelector | null | undefined): readonly Requirement[] {
  if (!selector) return NONE;
  let requirements: Requirement[] | undefined;
  if (selector.matchLabels) {
    const labels = pairsOf(selector.matchLabels);
    for (const key in labels) {
      const requirement = { key, operator: 'In', values: [labels[key]!] };
      // Nearly all have one, and a list that began empty would have room for seventeen.
      if (requirements) requirements.push(requirement);
      else requirements = [requirement];
    }
  }
  if (!selector.matchExpressions) return requirements ?? NONE;
  const expressions = objectsOf(selector.matchExpressions).map(({ key, operator, values }): Requirement => ({ key: written(key), operator, values: [...textsOf(values)].sort() }));
  return requirements ? [...requirements, ...expressions] : expressions;
}

function meets(labels: Labels, { key, operator, values }: Requirement): boolean {
  const present = Object.hasOwn(labels, key);
  if (operator === 'Exists') return present;
  if (operator === 'DoesNotExist') return !present;
  if (operator === 'In') return present && values.includes(labels[key]!);
  if (operator === 'NotIn') return !present || !values.includes(labels[key]!);
  return false;
}

function textOf({ key, operator, values }: Requirement): readonly string[] {
  return [key, operator, ...values];
}

function inOrder(requirements: readonly Requirement[]): readonly Requirement[] {
  if (requirements.length < 2) return requirements;
  // JSON keeps the parts apart whatever they hold.
  return requirements
    .map((requirement) => ({ requirement, order: JSON.stringify(textOf(requirement)) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
    .map(({ requirement }) => requirement);
}
