import { UNWRITTEN, isUrlRequest, type Identity, type Request, type ResourceRequest } from '../rbac/authorizer/request.ts';
import { ruleAllows } from '../rbac/authorizer/rule-allows.ts';
import { shippedRule } from '../rbac/defaults/shipped-rule.ts';
import { describeRule, type PolicyRule } from '../rbac/policy-rule.ts';

const USER = 'system:node:';
const GROUP = 'system:nodes';

/** The node that somebody signs in as; undefined: none that the authorizer knows. Source: kubernetes/kubernetes pkg/auth/nodeidentifier/default.go. */
export function nodeOf({ user, groups }: Identity): string | undefined {
  const name = user?.startsWith(USER) === true && groups.includes(GROUP) ? user.slice(USER.length) : '';
  return name === '' ? undefined : name;
}

/** `related`: for what pods on the node use, which only the API server can tell; `unknown`: it depends on a version that was not read. */
export type NodeVerdict = 'allowed' | 'denied' | 'related' | 'unknown';

/** Since this version nodes read pods and nodes of their own alone (AuthorizeNodeWithSelectors: beta and on; KEP-4601). */
const SELECTORS_SINCE = 32;
/** Since this version the rules of nodes are about both groups of events. */
const BOTH_EVENTS_SINCE = 35;

/** What every node may, whatever runs on it: the same in all versions from 1.30 on. Source: kubernetes/kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy `NodeRules`. */
const UNIFORM: readonly PolicyRule[] = [
  'create;authentication.k8s.io;tokenreviews',
  'create;authorization.k8s.io;localsubjectaccessreviews,subjectaccessreviews',
  'get,list,watch;;services',
  'get;;endpoints',
  'create,patch,update;;events',
  'create,get,list,watch;certificates.k8s.io;certificatesigningrequests',
  'get,list,watch;storage.k8s.io;csidrivers',
  'get,list,watch;node.k8s.io;runtimeclasses',
].map(shippedRule);
/** What admission (NodeRestriction) limits to the node's own objects. */
const OWN_WRITES: readonly PolicyRule[] = ['create,patch,update;;nodes', 'patch,update;;nodes/status', 'create,delete;;pods', 'patch,update;;pods/status', 'create;;pods/eviction'].map(shippedRule);
const READS_OF_ALL: readonly PolicyRule[] = ['get,list,watch;;nodes,pods'].map(shippedRule);
const EVENTS: PolicyRule = shippedRule('create,patch,update;events.k8s.io;events');
/** There where feature gates that are off by default turn them on. */
const GATED: readonly PolicyRule[] = ['create,get,list,watch;certificates.k8s.io;podcertificaterequests', 'get,list,watch;certificates.k8s.io;clustertrustbundles'].map(shippedRule);

const OWN_VERBS: ReadonlySet<string> = new Set(['get', 'create', 'update', 'patch', 'delete']);
const READ_VERBS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);

/**
 * What the Node authorizer says to a node of this name. It has no opinion where it does not allow: others are asked then. `minor`: of the API server; undefined:
 * not read. Source: kubernetes/kubernetes plugin/pkg/auth/authorizer/node/node_authorizer.go.
 */
export function nodeVerdict(node: string, request: Request, minor: number | undefined): NodeVerdict {
  if (isUrlRequest(request)) return 'denied';
  const { verb, group, resource, subresource, name, namespace } = request;
  switch (`${group}/${resource}`) {
    case '/secrets':
    case '/configmaps':
      return READ_VERBS.has(verb) && subresource === '' && namespace !== '' && name !== '' ? 'related' : 'denied';
    case '/persistentvolumeclaims':
      if (subresource === 'status') return (verb === 'update' || verb === 'patch') && name !== '' ? 'related' : 'denied';
      return relatedGet(request);
    case '/persistentvolumes':
    case 'resource.k8s.io/resourceclaims':
    case 'storage.k8s.io/volumeattachments':
      return relatedGet(request);
    case '/serviceaccounts':
      if (verb === 'create' && subresource === 'token' && name !== '') return 'related';
      // Newer versions read those of their pods for image credentials.
      return relatedGet(request);
    case 'coordination.k8s.io/leases':
      return OWN_VERBS.has(verb) && namespace === 'kube-node-lease' && (verb === 'create' || name === node) ? 'allowed' : 'denied';
    case 'storage.k8s.io/csinodes':
      return OWN_VERBS.has(verb) && subresource === '' && (verb === 'create' || name === node) ? 'allowed' : 'denied';
    case 'resource.k8s.io/resourceslices':
      return sliceVerdict(request);
    case '/nodes':
      return anyOf(OWN_WRITES, request) ? 'allowed' : ownReads(name === node && subresource === '', 'allowed', request, minor);
    case '/pods':
      return anyOf(OWN_WRITES, request) ? 'allowed' : ownReads(name !== '' && subresource === '', 'related', request, minor);
  }
  if (anyOf(UNIFORM, request)) return 'allowed';
  if (ruleAllows(EVENTS, request)) return minor === undefined ? 'unknown' : minor >= BOTH_EVENTS_SINCE ? 'allowed' : 'denied';
  return anyOf(GATED, request) ? 'unknown' : 'denied';
}

function relatedGet({ verb, subresource, name }: ResourceRequest): NodeVerdict {
  return verb === 'get' && subresource === '' && name !== '' ? 'related' : 'denied';
}

/** Lists are allowed of its own alone, which no question here says. */
function sliceVerdict({ verb, subresource, name }: ResourceRequest): NodeVerdict {
  if (subresource !== '') return 'denied';
  if (verb === 'create') return 'allowed';
  if (OWN_VERBS.has(verb)) return name === '' ? 'denied' : 'related';
  return READ_VERBS.has(verb) || verb === 'deletecollection' ? 'related' : 'denied';
}

/** Of nodes and pods: `own` is whether the request may be about its own, and what the answer to that is. */
function ownReads(own: boolean, answer: NodeVerdict, request: ResourceRequest, minor: number | undefined): NodeVerdict {
  if (!anyOf(READS_OF_ALL, request)) return 'denied';
  // A list of its own pods is allowed, and how a list is narrowed no question here says.
  const narrowed: NodeVerdict = own ? answer : request.resource === 'pods' && request.name === '' && request.verb !== 'get' ? 'related' : 'denied';
  if (minor === undefined) return narrowed === 'allowed' ? 'allowed' : 'unknown';
  return minor >= SELECTORS_SINCE ? narrowed : 'allowed';
}

function anyOf(rules: readonly PolicyRule[], request: Request): boolean {
  return rules.some((rule) => ruleAllows(rule, request));
}

/** Which nodes may: `each`; `own`: each, of what is called after it; `named`: the one that the object is called after; `related`: those whose pods use the object; `none`; `unknown`. */
export type NodesThatMay = 'each' | 'own' | 'named' | 'related' | 'none' | 'unknown';

/** Requests about one object: a question without a name is about some. */
const ABOUT_ONE: ReadonlySet<string> = new Set(['get', 'update', 'patch', 'delete']);
const SOME_OBJECT = `${UNWRITTEN}${UNWRITTEN}`;

export function nodesThatMay(request: Request, minor: number | undefined): NodesThatMay {
  if (isUrlRequest(request)) return 'none';
  const { verb, subresource, name } = request;
  const some = name === '' && (ABOUT_ONE.has(verb) || (verb === 'create' && subresource !== ''));
  const others = nodeVerdict(UNWRITTEN, some ? { ...request, name: SOME_OBJECT } : request, minor);
  if (others === 'allowed') return 'each';
  if (others === 'unknown') return 'unknown';
  const itself = some ? UNWRITTEN : name;
  if (itself !== '' && nodeVerdict(itself, { ...request, name: itself }, minor) === 'allowed') return some ? 'own' : 'named';
  return others === 'denied' ? 'none' : others;
}

/** What a node may, in words: at least this, and no more than is related to it. */
export function nodeRights(minor: number | undefined): readonly string[] {
  const reads = minor === undefined || minor >= SELECTORS_SINCE ? ['get: its own nodes object', 'get, list, watch: pods on it'] : READS_OF_ALL.map(describeRule);
  return [
    ...UNIFORM.map(describeRule),
    ...(minor !== undefined && minor >= BOTH_EVENTS_SINCE ? [describeRule(EVENTS)] : []),
    ...reads,
    ...OWN_WRITES.map((rule) => `${describeRule(rule)}, of its own`),
    'get, list, watch: secrets, configmaps that its pods use',
    'get: persistentvolumeclaims, persistentvolumes, storage.k8s.io/volumeattachments, resource.k8s.io/resourceclaims that its pods use',
    'create: serviceaccounts/token of the accounts of its pods',
    'create, delete, get, patch, update: its own coordination.k8s.io/leases in kube-node-lease, its own storage.k8s.io/csinodes, its own resource.k8s.io/resourceslices',
  ];
}
