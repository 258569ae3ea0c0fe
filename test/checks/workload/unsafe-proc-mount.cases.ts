import { unsafeProcMount } from '../../../lambda/checks/workload/unsafe-proc-mount.ts';
import type { CheckCases } from '../check-cases.ts';
import { WEB, deployment, podSpec, podWith } from './workload-objects.ts';

export const cases = {
  check: unsafeProcMount,
  pass: [
    { name: 'nothing said', sources: deployment(podSpec()) },
    { name: 'Default', sources: deployment(podWith({ procMount: 'Default' })) },
    { name: 'a user namespace, which it is made for', sources: deployment(podWith({ procMount: 'Unmasked' }, { hostUsers: false })) },
  ],
  fail: [
    {
      name: 'unmasked',
      sources: deployment(podWith({ procMount: 'Unmasked' })),
      findings: [{ resource: WEB, key: 'procMount/app', message: 'prod/web sees parts of /proc that runtimes hide: container app sets procMount to Unmasked' }],
    },
    { name: 'the default in another case is another word', sources: deployment(podWith({ procMount: 'default' })), findings: [{ resource: WEB, key: 'procMount/app' }] },
  ],
} satisfies CheckCases;
