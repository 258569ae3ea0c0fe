import { isLabelOfController } from '../workloads/labels-of-controllers.ts';
import type { Selector } from './label-selector.ts';

/** Whether a selector asks for a label that controllers put on pods and no template holds: then nobody who looks at what is declared can say whom it means. */
export function namesLabelOfController({ requirements }: Pick<Selector, 'requirements'>): boolean {
  return requirements.some(({ key, operator }) => (operator === 'In' || operator === 'Exists') && isLabelOfController(key));
}
