import type { KubernetesContents, NamedObject } from './kubernetes-contents.ts';

/** Namespaces that were asked for and that a capture shows not to be there, a sentence each. */
export interface AbsentNamespaces {
  readonly problems: readonly string[];
  /** Why nothing can be told: not one of them is there. A misspelt namespace would be a clean one. */
  readonly none?: string;
}

/**
 * By the list of namespaces; without one by the objects: where some are of other namespaces and none is of this one, it is misspelt
 * more likely than empty.
 */
export function absentNamespaces(asked: readonly string[] | undefined, contents: KubernetesContents): AbsentNamespaces {
  if (asked === undefined || contents.of('namespaces').fault) return { problems: [] };
  const { listed } = contents.of('namespaces');
  if (!listed && !contents.othersSeen) return { problems: [] };
  const found = listed ? namesListed(contents) : contents.namespacesSeen;
  const absent = asked.filter((name) => !found.has(name));
  const problems = absent.map((name) => (listed ? `there is no namespace "${name}" in this capture` : `nothing in this capture is of the namespace "${name}"`));
  if (absent.length === 0 || absent.length < asked.length) return { problems };
  return { problems, none: `none of the namespaces that were asked for is in this capture: ${asked.join(', ')}` };
}

function namesListed(contents: KubernetesContents): ReadonlySet<string> {
  return new Set((contents.of('namespaces').objects() as readonly NamedObject[]).map(({ metadata }) => metadata.name));
}
