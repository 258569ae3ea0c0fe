import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pMap from 'p-map';
import { collectionPlan } from '../../lambda/checks/collection-plan.ts';
import { connect } from '../../lambda/collect/kubernetes/connect.ts';
import { readCluster } from '../../lambda/collect/kubernetes/read-cluster.ts';
import { REQUEST_ASKS, type RequestAskName } from '../../lambda/facts/rbac/asks.ts';
import { createAuthorizer } from '../../lambda/facts/rbac/authorizer/authorizer.ts';
import type { Identity, Request, ResourceRequest } from '../../lambda/facts/rbac/authorizer/request.ts';
import { gatherGrants } from '../../lambda/facts/rbac/gather-grants.ts';
import { heldAsks } from '../../lambda/facts/rbac/held-powers.ts';
import { POWERS, powersOf } from '../../lambda/facts/rbac/powers.ts';
import type { CollectedSources } from '../../lambda/model/snapshot.ts';
import type { RbacObject } from '../../scripts/vectors/rbac-lists.ts';
import { worldAbout } from '../facts/rbac/random-world.ts';
import { requestsBehind, wayIsOpen, waysTo } from '../facts/rbac/requests-behind.ts';
import { findAssets, startApiServer, type ApiServer } from './api-server.ts';
import { loadWorld, review, seen } from './rbac-world.ts';
import { valid } from './valid-world.ts';

const found = findAssets();
if (typeof found === 'string' && process.env['CI']) throw new Error(found);

const VECTORS = resolve(import.meta.dirname, '../vectors/rbac');
const CLIENT_CA = resolve(import.meta.dirname, '../collect/kubernetes/certificates/ca.crt');
const READER = { name: 'reader', token: 'token-of-reader', groups: ['system:masters'] };
const AT_ONCE = 16;

interface World {
  readonly seed: number;
  readonly valid: boolean;
  readonly objects: readonly RbacObject[];
  readonly checks: readonly (Request & { readonly user: string; readonly groups: readonly string[] })[];
}

/** Every fourth valid world, 40 of them. */
function worlds(): readonly World[] {
  const files = readdirSync(VECTORS).filter((name) => name.startsWith('worlds-')).sort();
  const all = files.flatMap((name) => gunzipSync(readFileSync(join(VECTORS, name))).toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as World));
  return all.filter((world) => world.valid).filter((_, index) => index % 4 === 1 || index === 0).slice(0, 40);
}

describe(typeof found === 'string' ? 'without an API server' : 'RBAC, beside a real API server', () => {
  if (typeof found === 'string') {
    test.skip(found, () => undefined);
    return;
  }
  let server: ApiServer;
  let dir: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'eksaminer-live-rbac-'));
    server = await startApiServer(found.assets, [READER], CLIENT_CA);
    const namespaces = ['prod', 'team', 'team-a', 'team-b', 'shop', 'proto', 'marks'];
    await pMap(namespaces, (name) => server.call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }), { concurrency: AT_ONCE });
    const user = { name: READER.name, user: { token: READER.token } };
    const cluster = { name: 'live', cluster: { server: server.url, 'certificate-authority': server.ca } };
    writeFileSync(join(dir, 'kubeconfig'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', clusters: [cluster], users: [user], contexts: [{ name: 'live', context: { cluster: 'live', user: READER.name } }] }));
  }, 180_000);

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  /** What the product reads of the server, its defaults included. */
  async function collect(): Promise<CollectedSources> {
    const target = { via: 'kubeconfig', label: 'live', context: 'live', kubeconfig: join(dir, 'kubeconfig') } as const;
    const connected = await connect(target);
    if (!connected.ok) throw new Error(connected.reason.message);
    const read = await readCluster(connected.connection, { target, plan: collectionPlan(), now: () => new Date(0) });
    if (!read.ok) throw new Error(read.reason.message);
    return read.snapshot.sources;
  }

  /** With the objects in the server, seen by its authorizer; without them again afterwards. */
  async function within<T>(mark: string, objects: readonly RbacObject[], ask: (sources: CollectedSources) => Promise<T>): Promise<T> {
    const remove = await loadWorld(server, objects);
    const removeMarks = await seen(server, mark, 'marks');
    const answer = await ask(await collect());
    await remove();
    await removeMarks();
    return answer;
  }

  test('4,000 questions about 40 worlds have the same answer as a SubjectAccessReview', async () => {
    const differences: unknown[] = [];
    let asked = 0;
    let allowed = 0;
    for (const { seed, objects, checks } of worlds()) {
      await within(`world-${seed}`, objects, async (sources) => {
        const authorizer = createAuthorizer(sources);
        await pMap(
          checks,
          async (check) => {
            const identity: Identity = { user: check.user, groups: check.groups };
            const request: Request = 'path' in check ? { verb: check.verb, path: check.path } : requestOf(check);
            const answer = await review(server, identity, request);
            asked += 1;
            if (answer) allowed += 1;
            if (answer !== authorizer.can(identity, request)) differences.push({ seed, identity, request, answer });
          },
          { concurrency: AT_ONCE },
        );
      });
    }
    expect(differences).toEqual([]);
    expect(asked).toBe(4_000);
    expect(allowed).toBeGreaterThan(1_000);
  }, 300_000);

  test('the requests behind a power are allowed, and of a power that is not held they are refused', async () => {
    const counts = { held: 0, notHeld: 0 };
    const differences: unknown[] = [];
    const identity: Identity = { user: 'alice', groups: [] };
    // Of a few, how a rule is written decides.
    const byRequests = POWERS.filter((power) => waysTo(power).length > 0);
    for (const [number, power] of byRequests.entries()) {
      const { objects, names } = valid(fc.sample(worldAbout(...new Set(waysTo(power).flat())), { seed: number, numRuns: 1 })[0]!);
      await within(`powers-${number}`, objects, async (sources) => {
        const authorizer = createAuthorizer(sources);
        const held = gatherGrants(sources).get('User alice');
        const reviews = remembering((request) => review(server, identity, request));
        for (const namespace of [undefined, 'shop', 'kube-system']) {
          const powers = held ? powersOf(heldAsks(held, namespace).asks & REQUEST_ASKS, namespace === undefined ? 'cluster' : 'namespace') : [];
          const requests = (name: RequestAskName): readonly ResourceRequest[] => requestsBehind(name, namespace, names, ['shop', 'proto', 'kube-system']);
          const other = namespace === undefined ? 'namespace-admin' : 'cluster-admin';
          for (const [index, looked] of byRequests.entries()) {
            if (looked === other || (looked !== power && !powers.includes(looked) && index % 4 !== number % 4)) continue;
            const telling = waysTo(looked).flatMap((way) => tellingRequests(way, requests, (request) => authorizer.allows(identity, request)));
            await pMap(telling, reviews.ask, { concurrency: AT_ONCE });
            const open = waysTo(looked).some((way) => wayIsOpen(way, requests, (request) => reviews.answered(request) ?? false));
            if (powers.includes(looked)) counts.held += 1;
            else counts.notHeld += 1;
            if (open !== powers.includes(looked) || telling.some((request) => reviews.answered(request) !== authorizer.allows(identity, request))) differences.push({ number, namespace, looked, open });
          }
        }
      });
    }
    expect(differences).toEqual([]);
    expect(counts.held).toBeGreaterThan(100);
    expect(counts.notHeld).toBeGreaterThan(2_000);
  }, 600_000);
});

function requestOf({ verb, group, resource, subresource, name, namespace }: ResourceRequest): ResourceRequest {
  return { verb, group, resource, subresource, name, namespace };
}

/**
 * Of the requests behind one way to a power those that tell whether it is open: where one of its asks is refused, all requests of the shortest such; else
 * an allowed one of each, and all of two that must be about one object.
 */
function tellingRequests(way: readonly RequestAskName[], requests: (name: RequestAskName) => readonly ResourceRequest[], allowed: (request: ResourceRequest) => boolean): readonly ResourceRequest[] {
  const refused = way.map(requests).filter((of) => !of.some(allowed));
  if (refused.length > 0) return refused.sort((a, b) => a.length - b.length)[0]!;
  return way.some((name) => name.startsWith('escalateSome')) ? way.flatMap(requests) : way.map((name) => requests(name).find(allowed)!);
}

/** Asks each question once. */
function remembering(ask: (request: ResourceRequest) => Promise<boolean>) {
  const answers = new Map<string, Promise<boolean>>();
  const known = new Map<string, boolean>();
  return {
    async ask(request: ResourceRequest): Promise<void> {
      const text = JSON.stringify(request);
      if (!answers.has(text)) answers.set(text, ask(request));
      known.set(text, await answers.get(text)!);
    },
    answered: (request: ResourceRequest): boolean | undefined => known.get(JSON.stringify(request)),
  };
}
