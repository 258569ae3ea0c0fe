import { describe, expect, test } from '@jest/globals';
import { collectionPlan } from '../../../lambda/checks/collection-plan.ts';
import { project } from '../../../lambda/collect/fields/field-tree.ts';
import { treeForSource } from '../../../lambda/collect/fields/source-trees.ts';

const plan = collectionPlan();
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-1', namespace: 'shop', labels: { app: 'web' }, annotations: { note: 'secret' } },
  spec: { hostNetwork: true, containers: [{ name: 'app', image: 'app:1', env: [{ name: 'PASSWORD', value: 'secret' }] }] },
  status: { podIP: '10.0.0.1', startTime: '2026-11-21T06:00:00Z' },
};
const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
const kept = (source: Parameters<typeof treeForSource>[1], owner: Parameters<ReturnType<typeof treeForSource>>[0]) => project(pod, treeForSource(plan, source)(owner));

describe('what is kept of an object', () => {
  test('of a pod that nobody controls its spec, and nothing that no check reads', () => {
    expect(kept('pods', undefined)).toMatchObject({ spec: { hostNetwork: true, containers: [{ name: 'app', image: 'app:1' }] } });
    expect(JSON.stringify(kept('pods', undefined))).not.toMatch(/secret|startTime/);
  });

  test('of one whose controller is read what its template cannot say, and nothing more: memory follows what people declared, not replicas', () => {
    expect(kept('pods', controller)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web-1', namespace: 'shop', labels: { app: 'web' }, annotations: {} },
      spec: { hostNetwork: true },
      status: { podIP: '10.0.0.1' },
    });
  });

  test('of one whose controller is of a kind that is not read its spec', () => {
    expect(kept('pods', { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow' })).toMatchObject({ spec: { hostNetwork: true } });
    expect(kept('pods', { apiVersion: 'example.com/v1', kind: 'ReplicaSet' })).toMatchObject({ spec: { hostNetwork: true } });
  });
});
