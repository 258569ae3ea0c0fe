import type { FactResolver } from '../facts/derive.ts';
import type { Unread } from '../model/derived.ts';
import type { MeasuredNetwork } from '../model/network-measures.ts';

/** What a look measures, or why it could not: numbers that rest on less than all say so. */
export function measureNetwork(resolver: FactResolver): MeasuredNetwork {
  try {
    const measured = resolver.fact('reachMeasures');
    const unsure = measured.unread.map(reasonOf);
    if (!measured.ok) return { unsure };
    const coverage = resolver.fact('policyCoverage');
    // Policies of engines that are not read may close what these numbers call open.
    if (coverage.ok && [...coverage.value.namespaces.values()].some(({ otherEngines }) => otherEngines)) unsure.push(...coverage.value.unjudged.map(reasonOf));
    return { measures: measured.value, unsure };
  } catch (error) {
    // A defect here must not cost the answers of the checks.
    return { unsure: [`measuring failed: ${error instanceof Error ? error.message : String(error)}; please report this as a defect`] };
  }
}

function reasonOf({ source, reason }: Unread): string {
  return `${source}: ${reason.message}`;
}
