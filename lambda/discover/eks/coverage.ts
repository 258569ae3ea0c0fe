import type { Configuration } from '../../configuration/configuration.ts';
import { fitsPattern } from './cluster-pattern.ts';

interface Named {
  readonly name: string;
  readonly arn: string;
}

/** Whether the configuration wants a cluster of this name, its tags left aside. */
export function coversName({ include, exclude }: Configuration['clusters'], cluster: Named): boolean {
  return include.some((pattern) => fitsPattern(pattern, cluster)) && !exclude.some((pattern) => fitsPattern(pattern, cluster));
}

/** Whether a cluster carries all tags that the configuration asks for. */
export function coversTags({ tags: wanted }: Configuration['clusters'], tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value);
}

/** The first vantage that a cluster is seen from; undefined: it is reached from outside any VPC. */
export function vantageOf(vantages: Configuration['vantages'], cluster: Named): string | undefined {
  return vantages.find(({ clusters }) => clusters.some((pattern) => fitsPattern(pattern, cluster)))?.name;
}
