import { judgeAwsAuth, type AwsAuthVector } from './identity-aws-auth.ts';
import { judgeToken, type TokenVector } from './identity-tokens.ts';
import { judgeTrust, type TrustVector } from './identity-trust.ts';
import type { VectorKind } from './vector-kind.ts';

const ODD_YAML = 'odd-yaml.json';

/** Who somebody of IAM is in a cluster, and who of a cluster may take a role of IAM. */
export const identity: VectorKind = {
  isCaseFile: (name) => /^(?:aws-auth|tokens|trust)\b.*\.jsonl(?:\.gz)?$/.test(name),
  companionWord: (name) => (name === ODD_YAML ? 'it names ConfigMaps that parsers of YAML read differently; of these a key may be called unreadable' : undefined),
  parts: ['aws-auth', 'tokens', 'trust'],
  judge(line, file) {
    if (file.name.startsWith('aws-auth')) return judgeAwsAuth(line as AwsAuthVector, oddSeeds(file.companion(ODD_YAML)));
    return file.name.startsWith('tokens') ? judgeToken(line as TokenVector) : judgeTrust(line as TrustVector);
  },
};

function oddSeeds(companion: unknown): ReadonlySet<number> {
  return new Set((companion as { readonly either?: readonly number[] } | undefined)?.either);
}
