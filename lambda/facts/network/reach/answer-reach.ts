import type { Derived } from '../../../model/derived.ts';
import { DOCUMENTED } from '../reachability/endpoint.ts';
import { LANES, type PortSet, type PortTable } from '../reachability/port-table.ts';
import type { Decision } from '../reachability/profiles.ts';
import type { Reachability } from '../reachability/reachability.ts';
import { VPC_CNI, type NodeClassEnforcement, type PolicyEnforcement } from '../policy-enforcement.ts';
import { PORT_LIMIT } from '../rule-faults.ts';
import { engineOnNodes, type EndEngine } from './end-engine.ts';
import { engineReading } from './engine-conventions.ts';
import type { LiveEnds } from './live-ends.ts';
import { partsByNode, placeFinder, type Place } from './places.ts';
import { portsOf } from './reach-ports.ts';
import type { AskedEnd, ReachAnswer, ReachPorts, ReachQuestion, ReachReason, ReachRow } from './reach-answer.ts';
import type { ReachEnds } from './reach-ends.ts';
import { readingsOver, type Readings } from './readings.ts';
import { resourceWithKind } from '../../../model/resource-words.ts';

/** Who reaches whom, and why, for the ends that are asked about and no others. `live`: what runs; without it workloads are judged as they are declared. */
export function answerReach(ends: ReachEnds, enforcement: Derived<PolicyEnforcement>, { from, to, port }: ReachQuestion, live?: LiveEnds): ReachAnswer {
  const finder = placeFinder(ends, enforcement.ok ? enforcement.value.classes : undefined, live);
  const sources = finder.of(from);
  const destinations = to ? finder.of(to) : finder.everywhere();
  const missing = [...(sources.length === 0 ? [textOf(from)] : []), ...(to && destinations.length === 0 ? [textOf(to)] : [])];
  const places = [...sources, ...destinations];
  const { namespaces, nodes, policies, tiers } = ends;
  const reading = readingsOver({ namespaces, nodes, policies, tiers, endpoints: places.map(({ endpoint }) => endpoint) });
  const written = reading(DOCUMENTED, undefined);
  const asked = port && written.table.of([port]);
  const rows: Found[] = [];
  let overfull = false;
  for (const [i, source] of sources.entries()) {
    for (const [j, destination] of destinations.entries()) {
      if (source.whole === destination.whole && source.piece === undefined && !to) continue;
      const at = sources.length + j;
      const same = source.text === destination.text && source.endpoint.pod !== undefined;
      const { both } = written.between(i, at);
      const limited = (table: PortTable, set: PortSet): ReachPorts => told(table, set, port && table.of([port]), source, destination);
      const exemption = same ? (source.single ? 'self' : undefined) : written.exemption(i, at);
      for (const { exempt, ...words } of partsOf(source, destination, exemption)) {
        const enforced = exempt ? limited(written.table, written.table.all) : enforcedPorts(ends, source, destination, i, at, reading, port);
        overfull ||= enforced === 'overfull';
        const row: ReachRow = {
          ...words,
          written: limited(written.table, exempt ? written.table.all : both),
          enforced: enforced === 'overfull' ? undefined : enforced,
          unknown: unknownIn(ends, source) ?? unknownIn(ends, destination),
          exempt,
          reasons: exempt ? [] : [...reasonsOf(written, i, at, 'egress', asked), ...reasonsOf(written, at, i, 'ingress', asked)],
        };
        // Without a destination the question is what is reached.
        if (to || !isNothing(row.written) || row.unknown !== undefined) rows.push({ row, source, destination });
      }
    }
  }
  const declared = [...new Set(rows.flatMap(({ source, destination }) => [source, destination].flatMap((place) => (place.declared ? [place.whole] : []))))].sort();
  const notes = enforcement.ok ? enforcement.value.unjudged.map(({ reason }) => reason.message) : ['which engine enforces policies could not be read'];
  return { rows: joinedPieces(rows), missing, declared, notes: overfull ? [...notes, OVERFULL] : notes };
}

/** It drops what it cannot hold in no order that could be told from outside. https://github.com/aws/aws-network-policy-agent/blob/main/pkg/fwruleprocessor/fw_rule_processor.go */
const OVERFULL = `by its source the VPC CNI holds ${PORT_LIMIT} ports and ranges for one peer and drops the rest: where policies give more, which of them count is unknown`;

/** Pods of one place that are on several nodes are not all on that of the other end. */
function partsOf(source: Place, destination: Place, exemption: ReachRow['exempt']): readonly Pick<ReachRow, 'from' | 'to' | 'exempt'>[] {
  const nodeOf = ({ endpoint }: Place): string | undefined => (endpoint.pod && !endpoint.pod.hostNetwork ? endpoint.node : undefined);
  const there = nodeOf(destination) ?? nodeOf(source);
  if (there === undefined || (!source.hosts && !destination.hosts)) return [{ from: source.text, to: destination.text, exempt: exemption }];
  const own = (is: boolean): ReachRow['exempt'] => (is ? 'own-node' : undefined);
  return source.hosts
    ? partsByNode(source, there).map((part) => ({ from: part.text, to: destination.text, exempt: own(part.there) }))
    : partsByNode(destination, there).map((part) => ({ from: source.text, to: part.text, exempt: own(part.there) }));
}

interface Found {
  readonly row: ReachRow;
  readonly source: Place;
  readonly destination: Place;
}

/** Pieces of a block about which the same is to be said are one row: the block itself, where that is all of it. */
function joinedPieces(found: readonly Found[]): readonly ReachRow[] {
  const joined = new Map<string, Found[]>();
  for (const each of found) {
    const key = JSON.stringify(each.source.piece || each.destination.piece ? each.row : joined.size);
    const alike = joined.get(key);
    if (alike) alike.push(each);
    else joined.set(key, [each]);
  }
  return [...joined.values()].map((alike) => {
    const { row, source, destination } = alike[0]!;
    return { ...row, ...(source.piece ? { from: pieceText(source, alike) } : {}), ...(destination.piece ? { to: pieceText(destination, alike) } : {}) };
  });
}

function pieceText({ text, piece }: Place, alike: readonly Found[]): string {
  if (!piece || piece.of <= alike.length) return text;
  return `${text} (in part: ${alike.length === 1 ? 'a range' : `${alike.length} ranges`} from ${piece.address})`;
}

export function isNothing(ports: ReachPorts): boolean {
  return !ports.all && ports.ports.length === 0;
}

function textOf(end: AskedEnd): string {
  return end.type === 'addresses' ? end.text : end.type === 'namespace' ? end.namespace : `${end.namespace}/${end.name}`;
}

/** What engines let through: each side's policies count where that side's nodes enforce them. Undefined where one side's is not known; `overfull` where it is, and it does not hold all that they say. */
function enforcedPorts(ends: ReachEnds, source: Place, destination: Place, i: number, at: number, reading: Readings, port: ReachQuestion['port']): ReachPorts | undefined | 'overfull' {
  const egress = engineOf(source, ends.tiers);
  const ingress = engineOf(destination, ends.tiers);
  if (egress === 'unknown' || ingress === 'unknown') return undefined;
  const { table } = reading(DOCUMENTED, undefined);
  const side = (engine: NodeClassEnforcement | undefined, direction: 'egress' | 'ingress'): { readonly ports: PortSet; readonly most: PortSet; readonly overfull: boolean } => {
    if (!engine) return { ports: table.all, most: table.all, overfull: false };
    const { conventions, reads } = engineReading(engine);
    const reachability = reading(conventions, reads);
    const { classes, profiles } = reachability;
    const found = told(reachability.table, reachability.between(i, at)[direction], undefined, source, destination);
    const ports = found.all ? table.all : table.of(found.ports);
    const [subject, peer] = direction === 'egress' ? [i, at] : [at, i];
    const held = engine.engine === VPC_CNI ? profiles.held(classes.of[subject]!, direction, classes.of[peer]!) : { policies: 0, tiers: 0 };
    // What is lost of a NetworkPolicy opens nothing; what is lost of a tier may have denied.
    return { ports, most: held.tiers > PORT_LIMIT ? table.all : ports, overfull: held.policies > PORT_LIMIT || held.tiers > PORT_LIMIT };
  };
  const [out, into] = [side(egress, 'egress'), side(ingress, 'ingress')];
  const asTold = (set: PortSet): ReachPorts => told(table, set, port && table.of([port]), source, destination);
  return (out.overfull || into.overfull) && !isNothing(asTold(table.intersection(out.most, into.most))) ? 'overfull' : asTold(table.intersection(out.ports, into.ports));
}

function engineOf({ endpoint, classes }: Place, tiers: ReachEnds['tiers']): EndEngine {
  return !endpoint.pod || endpoint.pod.hostNetwork ? undefined : engineOnNodes(classes, tiers);
}

function unknownIn({ coverage }: ReachEnds, { endpoint }: Place): string | undefined {
  const namespace = endpoint.pod && !endpoint.pod.hostNetwork ? coverage.namespaces.get(endpoint.pod.namespace) : undefined;
  return namespace?.otherEngines ? coverage.unjudged.map(({ reason }) => reason.message).join('; ') : undefined;
}

function reasonsOf({ classes, profiles, table }: Reachability, subject: number, peer: number, direction: 'egress' | 'ingress', asked: PortSet | undefined): readonly ReachReason[] {
  return profiles
    .decisions(classes.of[subject]!, direction, classes.of[peer]!)
    .filter(({ by }) => by.length > 0)
    .flatMap(({ effect, by, ports }: Decision) => {
      const meant = asked === undefined ? ports : table.intersection(ports, asked);
      return meant === table.none ? [] : [{ direction, effect, policies: by.map(({ resource }) => resourceWithKind(resource)), ports: portsOf(table, meant) }];
    });
}

/** In a family that both ends have. */
function told(table: PortTable, set: PortSet, asked: PortSet | undefined, source: Place, destination: Place): ReachPorts {
  const meant = asked === undefined ? set : table.intersection(set, asked);
  const families = LANES.filter((family) => [source, destination].every(({ endpoint }) => endpoint.addresses.length === 0 || endpoint.addresses.some((address) => address.includes(':') === (family === 'IPv6'))));
  const lanes = families.map((family) => table.lanes[family]).reduce((all, lane) => table.union(all, lane), table.none);
  const own = table.intersection(meant, lanes);
  return own === lanes && own !== table.none ? { all: true } : portsOf(table, own);
}
