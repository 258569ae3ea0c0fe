/** Where a resource of the API lives. */
export type ResourceScope = 'namespaced' | 'cluster';

/**
 * The resources that Kubernetes itself serves, 1.30 to 1.36, by API group (`''`: the core group), and those that exist for the authorizer alone (users,
 * groups, uids, userextras, signers). Source: kubernetes/api and kubernetes/kubernetes pkg/registry.
 */
const BUILT_IN: Readonly<Record<string, { readonly namespaced?: string; readonly cluster?: string }>> = {
  '': {
    namespaced:
      'bindings configmaps endpoints events limitranges persistentvolumeclaims pods podtemplates replicationcontrollers resourcequotas secrets serviceaccounts services',
    cluster: 'componentstatuses groups namespaces nodes persistentvolumes users',
  },
  'admissionregistration.k8s.io': {
    cluster:
      'mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations validatingadmissionpolicies validatingadmissionpolicybindings validatingwebhookconfigurations',
  },
  'apiextensions.k8s.io': { cluster: 'customresourcedefinitions' },
  'apiregistration.k8s.io': { cluster: 'apiservices' },
  apps: { namespaced: 'controllerrevisions daemonsets deployments replicasets statefulsets' },
  'authentication.k8s.io': { cluster: 'selfsubjectreviews tokenreviews uids userextras' },
  'authorization.k8s.io': { namespaced: 'localsubjectaccessreviews', cluster: 'selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews' },
  autoscaling: { namespaced: 'horizontalpodautoscalers' },
  batch: { namespaced: 'cronjobs jobs' },
  'certificates.k8s.io': { namespaced: 'podcertificaterequests', cluster: 'certificatesigningrequests clustertrustbundles signers' },
  'coordination.k8s.io': { namespaced: 'leasecandidates leases' },
  'discovery.k8s.io': { namespaced: 'endpointslices' },
  'events.k8s.io': { namespaced: 'events' },
  'flowcontrol.apiserver.k8s.io': { cluster: 'flowschemas prioritylevelconfigurations' },
  'networking.k8s.io': { namespaced: 'ingresses networkpolicies', cluster: 'ingressclasses ipaddresses servicecidrs' },
  'node.k8s.io': { cluster: 'runtimeclasses' },
  policy: { namespaced: 'poddisruptionbudgets' },
  'rbac.authorization.k8s.io': { namespaced: 'rolebindings roles', cluster: 'clusterrolebindings clusterroles' },
  'resource.k8s.io': { namespaced: 'resourceclaims resourceclaimtemplates', cluster: 'deviceclasses devicetaintrules resourceslices' },
  'scheduling.k8s.io': { cluster: 'priorityclasses' },
  'storage.k8s.io': { namespaced: 'csistoragecapacities', cluster: 'csidrivers csinodes storageclasses volumeattachments volumeattributesclasses' },
};

export interface ApiResource {
  /** Plural, as in addresses. */
  readonly resource: string;
  readonly group: string;
  readonly scope: ResourceScope;
}

/** Those of the core group first. */
export const API_RESOURCES: readonly ApiResource[] = Object.entries(BUILT_IN).flatMap(([group, lists]) =>
  (['namespaced', 'cluster'] as const).flatMap((scope) => (lists[scope]?.split(' ') ?? []).map((resource) => ({ resource, group, scope }))),
);
