import { isLabelOfController } from '../workloads/labels-of-controllers.ts';
import type { Selector } from './label-selector.ts';

/** Whether a selector asks for a label that controllers put on pods and no template holds: then nobody who looks at what is declared can say whom it means. */
export function namesLabelOfController({ certain }: Pick<Selector, 'certain'>): boolean {
  return certain.some(({ key }) => isLabelOfController(key));
}
