/**
 * Generated. What the access policies of EKS allow: no API tells it. A rule is `verbs;groups;resources;names;urls`. `documented`: the tables of the documentation, row by row;
 * `described`: read from its prose, so at least this, and maybe more; `unknown`: only the name is published, or words that are no rules.
 * Sources: Amazon EKS User Guide, "Review access policy permissions" (awsdocs/amazon-eks-user-guide at 145543a9, newest change of 2025-11-06; CC BY-SA 4.0, of which the facts
 * are taken and no text); Application Recovery Controller Developer Guide, "EKS resource scaling block"; a published `aws eks list-access-policies` of April 2026, which lists
 * 33 of these names. Nothing was tried on a cluster.
 */
import type { ShippedAccessPolicy } from './access-policy.ts';

/** By name, sorted. */
export const SHIPPED_ACCESS_POLICIES: readonly (readonly [name: string, policy: ShippedAccessPolicy])[] = [
  ['AIDevOpsAgentAccessPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonAIOpsAssistantPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonARCRegionSwitchScalingPolicy', {
    contents: 'documented',
    rules: [
      'get,update;*;*/scale;;',
      'get;*;*/status;;',
      'get,patch;autoscaling;horizontalpodautoscalers;;',
    ],
  }],
  ['AmazonEKSACKPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSAdminPolicy', {
    contents: 'documented',
    rules: [
      'create,delete,deletecollection,patch,update;apps;daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale;;',
      'get,list,watch;apps;controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status;;',
      'create;authorization.k8s.io;localsubjectaccessreviews;;',
      'create,delete,deletecollection,patch,update;autoscaling;horizontalpodautoscalers;;',
      'get,list,watch;autoscaling;horizontalpodautoscalers,horizontalpodautoscalers/status;;',
      'create,delete,deletecollection,patch,update;batch;cronjobs,jobs;;',
      'get,list,watch;batch;cronjobs,cronjobs/status,jobs,jobs/status;;',
      'get,list,watch;discovery.k8s.io;endpointslices;;',
      'create,delete,deletecollection,patch,update;extensions;daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale;;',
      'get,list,watch;extensions;daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale;;',
      'get,list,watch;networking.k8s.io;ingresses,ingresses/status,networkpolicies;;',
      'create,delete,deletecollection,patch,update;networking.k8s.io;ingresses,networkpolicies;;',
      'create,delete,deletecollection,patch,update;policy;poddisruptionbudgets;;',
      'get,list,watch;policy;poddisruptionbudgets,poddisruptionbudgets/status;;',
      'create,delete,deletecollection,get,list,patch,update,watch;rbac.authorization.k8s.io;rolebindings,roles;;',
      'get,list,watch;;configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status;;',
      'get,list,watch;;pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy;;',
      'create,delete,deletecollection,patch,update;;configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy;;',
      'create,delete,deletecollection,patch,update;;pods,pods/attach,pods/exec,pods/portforward,pods/proxy;;',
      'impersonate;;serviceaccounts;;',
      'get,list,watch;;bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status;;',
      'get,list,watch;;namespaces;;',
    ],
  }],
  ['AmazonEKSAdminViewPolicy', {
    contents: 'documented',
    rules: [
      'get,list,watch;*;*;;',
    ],
  }],
  ['AmazonEKSArgoCDClusterPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSArgoCDPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSAutoNodePolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSBlockStorageClusterPolicy', {
    contents: 'described',
    rules: [
      'create,delete,get,update;storage.k8s.io;csidrivers;;',
      'create,delete,list,patch,update,watch;;persistentvolumes;;',
      'list,update,watch;;persistentvolumeclaims;;',
      'patch;;persistentvolumeclaims/status;;',
      'get,list,watch;;nodes,pods;;',
      'create,get,list,patch,update,watch;;events;;',
      'get,list,watch;storage.k8s.io;csinodes,storageclasses,volumeattributesclasses;;',
      'list,patch,update,watch;storage.k8s.io;volumeattachments,volumeattachments/status;;',
      'create,delete,get,list,patch,update,watch;snapshot.storage.k8s.io;volumesnapshotclasses,volumesnapshotcontents,volumesnapshots;;',
      'get,list,patch,update,watch;groupsnapshot.storage.k8s.io;volumegroupsnapshotclasses,volumegroupsnapshotcontents,volumegroupsnapshots;;',
    ],
  }],
  ['AmazonEKSBlockStoragePolicy', {
    contents: 'described',
    rules: [
      'create,get,patch,update;coordination.k8s.io;leases;;',
    ],
  }],
  ['AmazonEKSClusterAdminPolicy', {
    contents: 'documented',
    rules: [
      '*;*;*;;',
      '*;;;;*',
    ],
  }],
  ['AmazonEKSClusterInsightsPolicy', {
    contents: 'described',
    rules: [
      'get,list;;nodes;;',
      'get;;nodes/status;;',
      'get;apps;daemonsets;kube-proxy;',
    ],
  }],
  ['AmazonEKSComputeClusterPolicy', {
    contents: 'described',
    rules: [
      'create,delete,get,list,patch,update,watch;karpenter.sh;nodeclaims,nodeclaims/status,nodepools,nodepools/status;;',
      'create,delete,get,list,patch,update,watch;eks.amazonaws.com;nodeclasses;;',
      'get,list,watch;;namespaces,nodes,persistentvolumeclaims,persistentvolumes,pods,replicationcontrollers;;',
      'get,list,watch;storage.k8s.io;csinodes,storageclasses,volumeattachments;;',
      'list,watch;apps;daemonsets,deployments,replicasets,statefulsets;;',
      'get,list,watch;policy;poddisruptionbudgets;;',
      'create,get,list,patch,update,watch;;events;;',
      'delete,patch,update;;nodes;;',
      'create;;pods/eviction;;',
      'delete;;pods;;',
      'create;apiextensions.k8s.io;customresourcedefinitions;;',
      'delete,patch,update;apiextensions.k8s.io;customresourcedefinitions;nodeclaims.karpenter.sh,nodeclasses.eks.amazonaws.com,nodediagnostics.eks.amazonaws.com,nodepools.karpenter.sh;',
    ],
  }],
  ['AmazonEKSComputePolicy', {
    contents: 'described',
    rules: [
      'create,get,patch,update;coordination.k8s.io;leases;;',
      'get,watch;coordination.k8s.io;leases;;',
    ],
  }],
  ['AmazonEKSEditPolicy', {
    contents: 'documented',
    rules: [
      'create,delete,deletecollection,patch,update;apps;daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale;;',
      'get,list,watch;apps;controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status;;',
      'get,list,watch;autoscaling;horizontalpodautoscalers,horizontalpodautoscalers/status;;',
      'create,delete,deletecollection,patch,update;autoscaling;horizontalpodautoscalers;;',
      'create,delete,deletecollection,patch,update;batch;cronjobs,jobs;;',
      'get,list,watch;batch;cronjobs,cronjobs/status,jobs,jobs/status;;',
      'get,list,watch;discovery.k8s.io;endpointslices;;',
      'create,delete,deletecollection,patch,update;extensions;daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale;;',
      'get,list,watch;extensions;daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale;;',
      'create,delete,deletecollection,patch,update;networking.k8s.io;ingresses,networkpolicies;;',
      'get,list,watch;networking.k8s.io;ingresses,ingresses/status,networkpolicies;;',
      'create,delete,deletecollection,patch,update;policy;poddisruptionbudgets;;',
      'get,list,watch;policy;poddisruptionbudgets,poddisruptionbudgets/status;;',
      'get,list,watch;;namespaces;;',
      'get,list,watch;;pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy;;',
      'impersonate;;serviceaccounts;;',
      'create,delete,deletecollection,patch,update;;pods,pods/attach,pods/exec,pods/portforward,pods/proxy;;',
      'create,delete,deletecollection,patch,update;;configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy;;',
      'get,list,watch;;configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status;;',
      'get,list,watch;;bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status;;',
    ],
  }],
  ['AmazonEKSEventPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSHybridPolicy', {
    contents: 'documented',
    rules: [
      'list;*;nodes;;',
    ],
  }],
  ['AmazonEKSKROPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSLoadBalancingClusterPolicy', {
    contents: 'described',
    rules: [
      'create,patch;;events;;',
      'get,list,watch;;endpoints,namespaces,nodes,pods;;',
      'update;;pods/status;;',
      '*;;services,services/status;;',
      '*;networking.k8s.io;ingresses,ingresses/status;;',
      'get,list,watch;discovery.k8s.io;endpointslices;;',
      'get,list,watch;networking.k8s.io;ingressclasses;;',
      'create,patch,update;eks.amazonaws.com;targetgroupbindings,targetgroupbindings/status;;',
      'get,list,watch;eks.amazonaws.com;ingressclassparams;;',
      'create,get,list,watch;apiextensions.k8s.io;customresourcedefinitions;;',
      'delete,patch,update;apiextensions.k8s.io;customresourcedefinitions;ingressclassparams.eks.amazonaws.com,targetgroupbindings.eks.amazonaws.com;',
      'create,get,list,watch;admissionregistration.k8s.io;mutatingwebhookconfigurations,validatingwebhookconfigurations;;',
      'delete,patch,update;admissionregistration.k8s.io;mutatingwebhookconfigurations,validatingwebhookconfigurations;eks-load-balancing-webhook;',
    ],
  }],
  ['AmazonEKSLoadBalancingPolicy', {
    contents: 'described',
    rules: [
      'create,get,patch,update;coordination.k8s.io;leases;;',
    ],
  }],
  ['AmazonEKSNetworkingClusterPolicy', {
    contents: 'described',
    rules: [
      'get,list,watch;eks.amazonaws.com;nodeclasses,nodeclasses/status;;',
      'get,list,watch;karpenter.sh;nodeclaims,nodeclaims/status;;',
      'get,list,watch;;pods;;',
      'create,delete,get,list,patch,update,watch;eks.amazonaws.com;cninodes,cninodes/status;;',
      'create,get,list,watch;apiextensions.k8s.io;customresourcedefinitions;;',
      'delete,patch,update;apiextensions.k8s.io;customresourcedefinitions;cninodes.eks.amazonaws.com;',
      'create,patch;;events;;',
    ],
  }],
  ['AmazonEKSNetworkingPolicy', {
    contents: 'described',
    rules: [
      'create,get,patch,update;coordination.k8s.io;leases;;',
    ],
  }],
  ['AmazonEKSPodIdentityPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSSecretAdminPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonEKSSecretReaderPolicy', {
    contents: 'documented',
    rules: [
      'get,list,watch;;secrets;;',
    ],
  }],
  ['AmazonEKSViewPolicy', {
    contents: 'documented',
    rules: [
      'get,list,watch;apps;controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status;;',
      'get,list,watch;autoscaling;horizontalpodautoscalers,horizontalpodautoscalers/status;;',
      'get,list,watch;batch;cronjobs,cronjobs/status,jobs,jobs/status;;',
      'get,list,watch;discovery.k8s.io;endpointslices;;',
      'get,list,watch;extensions;daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale;;',
      'get,list,watch;networking.k8s.io;ingresses,ingresses/status,networkpolicies;;',
      'get,list,watch;policy;poddisruptionbudgets,poddisruptionbudgets/status;;',
      'get,list,watch;;configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status;;',
      'get,list,watch;;bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status;;',
      'get,list,watch;;namespaces;;',
    ],
  }],
  ['AmazonEMRJobPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonSagemakerHyperpodClusterPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonSagemakerHyperpodControllerPolicy', { contents: 'unknown', rules: [] }],
  ['AmazonSagemakerHyperpodSpacePolicy', { contents: 'unknown', rules: [] }],
  ['AmazonSagemakerHyperpodSpaceTemplatePolicy', { contents: 'unknown', rules: [] }],
  ['AmazonSagemakerHyperpodSystemNamespacePolicy', { contents: 'unknown', rules: [] }],
  ['AmazonSagemakerHyperpodUserClusterPolicy', { contents: 'unknown', rules: [] }],
];
