import { eventDeletion } from '../../../lambda/checks/rbac/event-deletion.ts';
import type { CheckCases } from '../check-cases.ts';
import { everywhere, rule, subject, user, within } from './rbac-objects.ts';

export const cases = {
  check: eventDeletion,
  pass: [
    { name: 'what events are made by', sources: within('shop', user('alice'), rule('create,patch', '', 'events'), rule('create', 'events.k8s.io', 'events')) },
    { name: 'one event by name', sources: within('shop', user('alice'), rule('delete', '', 'events', 'web.1')) },
  ],
  fail: [
    {
      name: 'in a namespace',
      sources: within('shop', user('alice'), rule('deletecollection', '', 'events')),
      findings: [
        { resource: subject('User alice'), key: 'event-deletion@shop', message: 'User alice may delete the events that show what happened in shop, by RoleBinding shop/ops' },
      ],
    },
    {
      name: 'of the newer group, everywhere',
      sources: everywhere(user('alice'), rule('delete', 'events.k8s.io', 'events')),
      findings: [
        { resource: subject('User alice'), key: 'event-deletion@cluster' },
      ],
    },
  ],
} satisfies CheckCases;
