import { add, kubectl, type Cluster } from '../cluster.ts';
import { account, deployment, service } from '../declare.ts';
import { binding, role } from '../rights.ts';
import { kubeObject, type KubeObject } from '../kube-object.ts';
import { namespace } from '../system-objects.ts';

const WRITTEN = kubectl('2022-09-01T12:00:00Z');
const READ = 'get,list,watch';

/** Rights that were given to make something work, one after the other. */
export function addCarelessRights(cluster: Cluster): void {
  add(cluster, WRITTEN, namespace('build'), account('build/jenkins'), account('build/scanner'), account('build/issuer'), account('build/gatekeeper'), account('build/storage'), account('build/tenancy'));
  addTakeOvers(cluster);
  addStrangers(cluster);
  addTooling(cluster);
  addLeftovers(cluster);
}

/** Straight to the top. */
function addTakeOvers(cluster: Cluster): void {
  add(
    cluster,
    WRITTEN,
    binding('dashboard-admin', 'ClusterRole cluster-admin', 'ServiceAccount kubernetes-dashboard/kubernetes-dashboard'),
    binding('web-default-admin', 'ClusterRole cluster-admin', 'ServiceAccount web/default'),
    binding('data/everything', 'ClusterRole cluster-admin', 'Group data-team'),
    binding('operators-masters', 'ClusterRole view', 'Group system:masters'),
    role('dev-everything', ['* *', '*']),
    binding('dev-everything', 'ClusterRole dev-everything', 'Group devs'),
    role('apps-anything', ['core,apps,batch *', '*']),
    binding('web/apps-anything', 'ClusterRole apps-anything', 'Group web-team'),
    role('read-everything', ['* *', READ]),
    binding('read-everything', 'ClusterRole read-everything', 'Group auditors'),
  );
}

/** Rights of everybody: without a name, or with any. */
function addStrangers(cluster: Cluster): void {
  add(
    cluster,
    WRITTEN,
    role('pod-logs', ['core pods,pods/log', READ]),
    binding('anonymous-logs', 'ClusterRole pod-logs', 'User system:anonymous', 'Group system:unauthenticated'),
    role('anyone-secrets', ['core secrets', READ]),
    binding('anyone-secrets', 'ClusterRole anyone-secrets', 'Group system:authenticated'),
    role('web/pod-runner', ['core pods', 'create']),
    binding('web/all-accounts', 'Role pod-runner', 'Group system:serviceaccounts:web'),
  );
}

/** One power each, so that each has its example. */
function addTooling(cluster: Cluster): void {
  const tools: readonly (readonly [string, string, Parameters<typeof role>[1]])[] = [
    ['jenkins-deploy', 'ServiceAccount build/jenkins', ['core,apps,batch pods,deployments,daemonsets,jobs', 'create,update,patch,get,list']],
    ['scanner-nodes', 'ServiceAccount build/scanner', ['core nodes/proxy', 'get']],
    ['token-issuer', 'ServiceAccount build/issuer', ['core serviceaccounts/token', 'create']],
    ['webhook-writer', 'ServiceAccount build/gatekeeper', ['admissionregistration.k8s.io mutatingwebhookconfigurations,validatingwebhookconfigurations', 'create,update,patch,delete']],
    ['volume-maker', 'ServiceAccount build/storage', ['core persistentvolumes', 'create,delete']],
    ['namespace-labels', 'ServiceAccount build/tenancy', ['core namespaces', 'get,update,patch']],
    ['support-impersonator', 'Group support', ['core users,groups,serviceaccounts', 'impersonate']],
    ['role-escalator', 'Group team-leads', ['rbac.authorization.k8s.io clusterroles,clusterrolebindings', 'create,update,patch,bind,escalate']],
    ['binding-writer', 'Group onboarding', ['rbac.authorization.k8s.io rolebindings', 'create,update']],
    ['support-shell', 'Group on-call', ['core pods/exec,pods/attach', 'create']],
    ['port-forwarder', 'Group frontend-devs', ['core pods/portforward,services/proxy', 'get,create']],
    ['pod-patcher', 'Group hotfix', ['core pods', 'patch,update']],
    ['secret-writer', 'Group secret-rotation', ['core secrets', 'create,update,patch']],
    ['node-labeller', 'Group capacity', ['core nodes', 'patch,update']],
    ['csr-approver', 'Group pki', ['certificates.k8s.io certificatesigningrequests', 'create,get,list']],
    ['drainer', 'Group capacity-night', ['core pods/eviction', 'create']],
    ['account-annotator', 'Group iam-self-service', ['core serviceaccounts', 'get,patch']],
    ['crd-cleaner', 'Group platform-cleanup', ['apiextensions.k8s.io customresourcedefinitions', 'delete']],
    ['event-sweeper', 'ServiceAccount build/sweeper', ['core,events.k8s.io events', 'list,delete']],
    ['priority-tuner', 'Group batch-owners', ['scheduling.k8s.io priorityclasses', 'create,update']],
    ['trust-publisher', 'Group pki-roots', ['certificates.k8s.io clustertrustbundles', 'create,update']],
    ['class-maker', 'Group storage-admins', ['storage.k8s.io storageclasses,csidrivers', 'create,update']],
    ['device-broker', 'ServiceAccount build/gpu-broker', ['resource.k8s.io resourceclaims/status', 'update,patch']],
    ['gitops-tenant', 'Group release-managers', ['argoproj.io applications,appprojects', 'create,update,patch']],
    ['policy-writer', 'Group netops', ['networking.k8s.io networkpolicies', 'create,update,patch,delete']],
  ];
  for (const [name, subject, rule] of tools) add(cluster, WRITTEN, role(name, rule), binding(name, `ClusterRole ${name}`, subject));
  add(
    cluster,
    WRITTEN,
    role('csr-approver-approval', ['certificates.k8s.io certificatesigningrequests/approval', 'update,patch'], ['certificates.k8s.io signers', 'approve']),
    binding('csr-approver-approval', 'ClusterRole csr-approver-approval', 'Group pki'),
    role('desk-opener', ['rbac.authorization.k8s.io clusterroles', 'bind', ['edit']], ['rbac.authorization.k8s.io rolebindings', 'create']),
    binding('desk-opener', 'ClusterRole desk-opener', 'Group service-desk'),
    role('system:log-helper', ['core pods/log', 'get']),
    role('pod-identity-issuer', ['certificates.k8s.io podcertificaterequests/status', 'update'], ['certificates.k8s.io signers', 'sign']),
    binding('pod-identity-issuer', 'ClusterRole pod-identity-issuer', 'Group mesh-owners'),
    role('kube-system/auth-editor', ['core configmaps', 'get,update,patch', ['aws-auth']]),
    binding('kube-system/auth-editor', 'Role auth-editor', 'Group help-desk'),
    deployment('build/jenkins', { image: 'docker.io/jenkins/jenkins:2.361-lts', name: 'jenkins', account: 'jenkins', ports: { http: 8080 } }),
    widenedView(),
  );
}

/** Everybody who may view may now look into Secrets too: the role `view` takes its rules from labels. */
function widenedView(): KubeObject {
  const wider = role('view-plus', ['core secrets,pods/exec', 'get,list,create']);
  wider.metadata.labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
  return wider;
}

function addLeftovers(cluster: Cluster): void {
  add(
    cluster,
    WRITTEN,
    binding('web/old-operator', 'Role operator-2019', 'Group web-team'),
    binding('old-helm', 'ClusterRole view', 'ServiceAccount helm-v2/tiller'),
    kubeObject('apiregistration.k8s.io/v1', 'APIService', 'v1beta1.custom.metrics.k8s.io', {
      spec: { group: 'custom.metrics.k8s.io', groupPriorityMinimum: 100, insecureSkipTLSVerify: true, service: { name: 'metrics-relay', namespace: 'ops', port: 8080 }, version: 'v1beta1', versionPriority: 100 },
      status: { conditions: [{ message: 'all checks passed', reason: 'Passed', status: 'True', type: 'Available' }] },
    }),
    service('ops/metrics-relay', { http: 8080 }),
    kubeObject('v1', 'ReplicationController', 'web/ancient', {
      spec: {
        replicas: 1,
        selector: { app: 'ancient' },
        template: { metadata: { labels: { app: 'ancient' } }, spec: { containers: [{ image: 'docker.io/library/httpd:2.2', name: 'httpd', ports: [{ containerPort: 80, hostPort: 8081 }] }] } },
      },
    }),
  );
}
