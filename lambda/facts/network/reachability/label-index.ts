import type { Labels, Requirement, Selector } from '../label-selector.ts';
import { classSetOf, differenceOf, intersectionOf, isNone, NO_CLASSES, unionOfAll, type ClassSet } from './class-set.ts';

/** Things with labels, by number, and which of them a selector selects, without asking each. */
export interface LabelIndex {
  /** Those of `within` that a selector matches. */
  select(selector: Selector, within: ClassSet): ClassSet;
}

/** `words`: the labels that some selector names; keys of others are not looked at. */
export function indexLabels(labelled: readonly Labels[], words: { has(key: string): boolean }): LabelIndex {
  const lists = new Map<string, Map<string, number[]>>();
  // By index, as below.
  for (let number = 0; number < labelled.length; number++) {
    const labels = labelled[number]!;
    for (const key in labels) {
      if (!words.has(key)) continue;
      let byValue = lists.get(key);
      if (!byValue) lists.set(key, (byValue = new Map()));
      const list = byValue.get(labels[key]!);
      if (list) list.push(number);
      else byValue.set(labels[key]!, [number]);
    }
  }
  const byLabel = new Map([...lists].map(([key, byValue]) => [key, new Map([...byValue].map(([value, list]) => [value, classSetOf(list)]))]));
  const byKey = new Map<string, ClassSet>();

  function withKey(key: string): ClassSet {
    let set = byKey.get(key);
    if (!set) byKey.set(key, (set = unionOfAll([...(byLabel.get(key)?.values() ?? [])])));
    return set;
  }

  function withOneOf({ key, values }: Requirement): ClassSet {
    const byValue = byLabel.get(key);
    if (values.length === 1) return byValue?.get(values[0]!) ?? NO_CLASSES;
    return unionOfAll(values.flatMap((value) => byValue?.get(value) ?? []));
  }

  function meeting(requirement: Requirement, within: ClassSet): ClassSet {
    if (requirement.operator === 'In') return intersectionOf(within, withOneOf(requirement));
    if (requirement.operator === 'Exists') return intersectionOf(within, withKey(requirement.key));
    if (requirement.operator === 'NotIn') return differenceOf(within, withOneOf(requirement));
    if (requirement.operator === 'DoesNotExist') return differenceOf(within, withKey(requirement.key));
    return NO_CLASSES;
  }

  return {
    select: ({ requirements }, within) => {
      let set = within;
      // By index: asked of each selector.
      for (let i = 0; i < requirements.length && !isNone(set); i++) set = meeting(requirements[i]!, set);
      return set;
    },
  };
}
