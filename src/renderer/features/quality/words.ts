import type { AuditRecord } from '../../../contract/schemas/restate.ts';

/** What caused a restatement, in a word or two. */
export function causeWords(cause: AuditRecord['cause']): string {
  switch (cause) {
    case 'pue':
      return 'PUE';
    case 'price':
      return 'Price';
    case 'contract':
      return 'Contract';
    case 'zone':
      return 'Grid zone';
    case 'intensity':
      return 'Grid intensity';
    case 'embodied':
      return 'Hardware';
    case 'person':
      return 'By hand';
  }
}
