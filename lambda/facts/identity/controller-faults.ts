import type { V1Deployment, V1ServiceAccount } from '@kubernetes/client-node';
import type { Collected } from '../../model/collected.ts';
import { compareText } from '../../model/compare-text.ts';
import type { Derived, Unread } from '../../model/derived.ts';
import type { EksCluster, EksFargateProfile, EksNodegroup, EksPodIdentityAssociation, IamPolicy, IamRole, PolicyDocument } from '../../model/eks.ts';
import { objectsOf } from '../as-read.ts';
import { unsaid } from '../unsaid.ts';
import { awsControllers, type AwsController } from './aws-controllers.ts';
import { readOf } from './doors.ts';
import { givenRoles } from './given-roles.ts';
import { nodeRoles } from './node-roles.ts';
import { hasNodesOnEc2, type OwnNodes } from './own-nodes.ts';
import { principalOf, principalText } from './principal-arn.ts';
import { documentsInForce } from './role-policies/role-allows.ts';
import type { RolePower } from './role-policies/role-power.ts';
import { wholeServices } from './role-policies/whole-services.ts';

export interface ControllersRead {
  readonly eksCluster: EksCluster;
  readonly deployments: readonly V1Deployment[];
  readonly serviceAccounts: readonly V1ServiceAccount[];
  readonly eksPodIdentityAssociations: readonly EksPodIdentityAssociation[];
  readonly eksNodegroups: readonly EksNodegroup[];
  readonly eksFargateProfiles: readonly EksFargateProfile[];
  readonly ownNodes: OwnNodes;
  readonly iamRoles: Collected<readonly IamRole[]>;
  readonly iamPolicies: Collected<readonly IamPolicy[]>;
  readonly rolePowers: Derived<ReadonlyMap<string, RolePower>>;
}

/** What is wrong with the AWS rights of what runs as one ServiceAccount. */
export interface ControllerFault {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly fault: 'node-role' | 'whole-services';
  /** Their titles, sorted. */
  readonly controllers: readonly string[];
  readonly message: string;
  readonly cause: string;
}

export interface ControllerFaults {
  readonly found: readonly ControllerFault[];
  readonly unclear: readonly Unread[];
}

/** By what was read for one judgement: what is not judged of it asks for the same as what is found. */
const known = new WeakMap<ControllersRead, ControllerFaults>();

/** Of each account that controllers run as. One that was not seen has nothing said of it. */
export function controllerFaults(read: ControllersRead): ControllerFaults {
  let found = known.get(read);
  if (!found) known.set(read, (found = findControllerFaults(read)));
  return found;
}

function findControllerFaults(read: ControllersRead): ControllerFaults {
  const given = givenRoles(read.serviceAccounts, read.eksPodIdentityAssociations);
  const ofNodes = nodeRoles(read.eksCluster, read.eksNodegroups, read.eksFargateProfiles);
  const iam: Iam = {
    roles: new Map(objectsOf(readOf(read.iamRoles)).map((role) => [role.Arn, role])),
    managed: documentsInForce(readOf(read.iamPolicies)),
    powers: read.rolePowers.ok ? read.rolePowers.value : new Map(),
  };
  const all: ControllerFaults[] = [];
  for (const [place, controllers] of Map.groupBy(awsControllers(read.deployments), ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`)) {
    const runs = runsAs(place, controllers);
    const roles = given.get(place);
    if (roles?.length === 0 && hasNodesOnEc2(read.eksNodegroups, read.ownNodes)) all.push(withoutRole(runs));
    for (const role of new Set(roles)) all.push(ofNodes.has(principalOf(role)?.compared ?? '') ? withRoleOfNodes(runs, role) : withOwnRole(runs, role, iam));
  }
  return { found: onePerFault(all.flatMap(({ found }) => found)), unclear: onePerMessage(all.flatMap(({ unclear }) => unclear)) };
}

interface Iam {
  readonly roles: ReadonlyMap<string, IamRole>;
  readonly managed: ReadonlyMap<string, PolicyDocument>;
  readonly powers: ReadonlyMap<string, RolePower>;
}

/** What runs as one account, and the beginning of a sentence about it. */
interface Runs {
  readonly account: Pick<ControllerFault, 'namespace' | 'serviceAccount' | 'controllers'>;
  readonly controllers: readonly AwsController[];
  readonly who: string;
}

const NOTHING: ControllerFaults = { found: [], unclear: [] };

function runsAs(place: string, controllers: readonly AwsController[]): Runs {
  const { namespace, serviceAccount } = controllers[0]!;
  const titles = [...new Set(controllers.map(({ title }) => title))].sort(compareText);
  return { account: { namespace, serviceAccount, controllers: titles }, controllers, who: `ServiceAccount ${place}, which ${titles.join(' and ')} ${titles.length === 1 ? 'runs' : 'run'} as,` };
}

function withoutRole({ account, controllers, who }: Runs): ControllerFaults {
  const without = controllers.filter(({ credentials }) => credentials === 'none' || credentials === 'maybe-key');
  if (without.length > 0) {
    const orKey = without.every(({ credentials }) => credentials === 'maybe-key') ? ', or by a key in a Secret that may be there' : '';
    return { found: [{ ...account, fault: 'node-role', message: `${who} has no IAM role: it works by that of its node${orKey}`, cause: 'controller without a role of its own' }], unclear: [] };
  }
  if (!controllers.some(({ credentials }) => credentials === 'unclear')) return NOTHING;
  return { found: [], unclear: [unsaid('deployments', `whether a Secret gives ${account.controllers.join(' and ')} credentials of AWS is not known`)] };
}

function withRoleOfNodes({ account, who }: Runs, role: string): ControllerFaults {
  return { found: [{ ...account, fault: 'node-role', message: `${who} has the role of nodes: ${principalText(role)}`, cause: 'controller with the role of nodes' }], unclear: [] };
}

function withOwnRole({ account, controllers, who }: Runs, arn: string, { roles, managed, powers }: Iam): ControllerFaults {
  const role = roles.get(arn);
  // One that rules its account has a finding of that.
  if (!role || powers.get(arn)?.account === true) return NOTHING;
  const { whole, unclear } = wholeServices(role, managed, [...new Set(controllers.flatMap(({ services }) => services))].sort(compareText));
  if (whole.length > 0) {
    const services = whole.join(' and ');
    return { found: [{ ...account, fault: 'whole-services', message: `${who} may take every action of ${services}, by ${principalText(arn)}`, cause: `${principalText(arn)}: every action of ${services}` }], unclear: [] };
  }
  return unclear ? { found: [], unclear: [unsaid('iamPolicies', `whether ${principalText(arn)} has whole services depends on conditions, or on policies that were not read`)] } : NOTHING;
}

/** Of an account with two roles the first that has the fault. */
function onePerFault(found: readonly ControllerFault[]): readonly ControllerFault[] {
  return [...new Map([...found].reverse().map((each) => [`${each.namespace}/${each.serviceAccount} ${each.fault}`, each])).values()].reverse();
}

function onePerMessage(unclear: readonly Unread[]): readonly Unread[] {
  return [...new Map(unclear.map((each) => [each.reason.message, each])).values()];
}
