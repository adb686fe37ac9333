import type { Labels } from '../../model/kubernetes/objects.ts';
import type { Requirement, Selector } from '../../model/scheduling.ts';

/** Whether labels meet a selector; one that asks for nothing is met by all. */
export function selects({ matchLabels, requirements }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    requirements.every((requirement) => isMet(requirement, labels))
  );
}

function isMet({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
