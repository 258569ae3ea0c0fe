import { fits, type WildcardPattern } from '../../../model/wildcard-pattern.ts';

/** Parts of an ARN: five without a colon, and the rest. */
const ARN_PARTS = 6;

/** An ARN is compared part by part, so that `*` crosses no colon but within the last part. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
export function fitsArn(pattern: WildcardPattern, value: string): boolean {
  const wanted = arnParts(pattern.text);
  const given = arnParts(value);
  if (!wanted || !given) return false;
  return wanted.every(({ from, text }, index) => {
    const literal = new Set([...pattern.literal].map((at) => at - from));
    return fits({ text, literal }, given[index]!.text);
  });
}

function arnParts(arn: string): readonly { readonly from: number; readonly text: string }[] | undefined {
  const parts: { from: number; text: string }[] = [];
  let from = 0;
  while (parts.length < ARN_PARTS - 1) {
    const colon = arn.indexOf(':', from);
    if (colon < 0) return undefined;
    parts.push({ from, text: arn.slice(from, colon) });
    from = colon + 1;
  }
  return [...parts, { from, text: arn.slice(from) }];
}
