import { defineCheck } from '../define-check.ts';

/** A binding names a ServiceAccount that does not exist: whoever may create accounts (or the namespace) gets its rights. */
export const danglingSubject = defineCheck({
  id: 'dangling-subject',
  revision: 1,
  area: 'rbac',
  title: 'Rights wait for a ServiceAccount that does not exist',
  severity: 'low',
  rationale: 'Whoever may create accounts in that namespace, or the namespace itself, creates this one and holds its rights.',
  remediation: 'Take the account out of the binding, or create it.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],
  controls: ['nsa-1.2/authentication', 'attack/T1098'],
  needs: ['danglingSubjects'],
  identity: { resource: 'the binding', key: 'the missing ServiceAccount' },
  *evaluate({ danglingSubjects }) {
    for (const { binding, bindingText, missing, connects, restsOn } of danglingSubjects) {
      yield {
        resource: binding,
        key: missing,
        message: `${bindingText} gives ${connects.join(', ')} to ${missing}, which does not exist`,
        cause: `${missing} does not exist`,
        evidence: { role: connects.join(', ') },
        restsOn,
      };
    }
  },
});
