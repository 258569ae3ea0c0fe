import { defineCheck } from '../define-check.ts';

/** A binding gives somebody a role that does not exist. Today it gives nothing; whoever creates a role of that name decides what. */
export const danglingRoleReference = defineCheck({
  id: 'dangling-role-reference',
  revision: 1,
  area: 'rbac',
  title: 'A binding waits for a role that does not exist',
  severity: 'low',
  rationale: 'The day somebody creates a role of that name, for whatever purpose, the subjects of the forgotten binding hold it.',
  remediation: 'Delete the binding, or create the role that was meant.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding'],
  controls: ['nsa-1.2/authentication', 'attack/T1098.006'],
  needs: ['danglingRoles'],
  identity: { resource: 'the binding', key: 'the missing role' },
  *evaluate({ danglingRoles }) {
    for (const { binding, bindingText, missing, connects, restsOn } of danglingRoles) {
      yield {
        resource: binding,
        key: missing,
        message: `${bindingText} gives ${connects[0]!}${connects.length > 1 ? ` and ${connects.length - 1} more` : ''} whatever ${missing} will be, which does not exist`,
        cause: `${missing} does not exist`,
        evidence: { subjects: connects },
        restsOn,
      };
    }
  },
});
