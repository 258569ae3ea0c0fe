import { isChosenBySession } from '../../facts/identity/aws-auth/fill-template.ts';
import { principalResource, principalText } from '../../facts/identity/principal-arn.ts';
import { statementsOf } from '../../facts/identity/trust-policy/statements.ts';
import { unsaid } from '../../facts/unsaid.ts';
import type { ClusterIdentities, MappedPrincipal } from '../../facts/identity/cluster-identity.ts';
import type { IamRole } from '../../model/eks.ts';
import { objectsOf } from '../../facts/as-read.ts';
import { defineCheck } from '../define-check.ts';

const NODE = 'system:node:';

/**
 * A role is mapped to the name of the node that its session is named after, and its trust policy lets in more than AWS's own services: whoever takes it names the session and so
 * chooses which node to be. Whether a condition limits the name of the session is not judged.
 */
export const nodeNameSpoofing = defineCheck({
  id: 'node-name-spoofing',
  revision: 1,
  area: 'identity',
  title: 'Whoever may take a role chooses which node to be',
  severity: 'medium',
  rationale: 'As a node one reads the Secrets of every pod on it and takes the tokens of their ServiceAccounts; node by node that is the cluster.',
  remediation: "Let only the service that runs the nodes take the role (ec2.amazonaws.com, eks-fargate-pods.amazonaws.com), and nobody's user or role.",
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html', 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html'],
  controls: ['cis-eks-1.8.0/4.1.7', 'nsa-1.2/authentication', 'attack/T1078.004'],
  needs: ['clusterIdentities'],
  wants: ['iamRoles'],
  fields: { iamRoles: ['Arn', 'AssumeRolePolicyDocument'] },
  identity: { resource: 'the IAM role', key: '`node-name`' },
  unjudged: ({ clusterIdentities, iamRoles }) => [
    ...clusterIdentities.unsaid.filter(({ source }) => source !== 'eksAssociatedAccessPolicies'),
    ...(iamRoles.ok ? spoofable(clusterIdentities, iamRoles.value) : []).filter(({ others }) => !others).map(({ arn }) => unsaid('iamRoles', `who may take ${principalText(arn)}, which nodes sign in by, was not read`)),
  ],
  *evaluate({ clusterIdentities, iamRoles }) {
    for (const { arn, via, username, others } of spoofable(clusterIdentities, iamRoles.ok ? iamRoles.value : [])) {
      if (!others || others.length === 0) continue;
      yield {
        resource: principalResource(arn),
        key: 'node-name',
        message: `Whoever of ${others.join(', ')} takes ${principalText(arn)} may name its session after any node and be that node`,
        cause: 'a role of nodes lets in more than services',
        evidence: { by: via, username, letsIn: others },
      };
    }
  },
});

/** Roles mapped to a node's name that a session chooses, and whom besides services each lets in; undefined: not read. */
function spoofable({ principals }: ClusterIdentities, roles: readonly IamRole[]): readonly (MappedPrincipal & { readonly others: readonly string[] | undefined })[] {
  const documents = new Map(objectsOf(roles).map(({ Arn, AssumeRolePolicyDocument }) => [Arn, AssumeRolePolicyDocument]));
  return principals
    .filter(({ username }) => username.startsWith(NODE) && isChosenBySession(username))
    .map((principal) => {
      const document = documents.get(principal.arn);
      const lets = document && statementsOf(document).filter(({ effect }) => effect === 'Allow').flatMap(({ principals: named }) => named.filter(({ kind }) => kind !== 'Service').map(({ name }) => name));
      return { ...principal, others: lets && [...new Set(lets)].sort() };
    });
}
