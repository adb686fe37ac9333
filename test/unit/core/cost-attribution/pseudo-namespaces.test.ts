import { expect, it } from 'vitest';
import {
  lineOf,
  PSEUDO_NAMESPACES,
  placeholderNamespace,
} from '../../../../src/core/cost-attribution/pseudo-namespaces.ts';

it('idle, system and storage are lines of their own', () => {
  expect(PSEUDO_NAMESPACES.map(lineOf)).toEqual(['idle', 'system', 'storage']);
  expect(lineOf('kube-system')).toBe('namespace');
});

it('a placeholder is gone from its first day, so that nothing counts it', () => {
  expect(placeholderNamespace('id', 'c1', '__unallocated__', 5)).toMatchObject({
    status: 'Pseudo',
    deletedAtSeconds: 5,
    teamName: null,
  });
  expect(placeholderNamespace('id', 'c1', 'old-shop', 5).status).toBe('Unknown');
});
