import { describe, expect, it } from 'vitest';
import type { ResultRow } from '../../../../src/model/results.ts';
import { idOf } from '../../../../src/storage/elasticsearch/document-ids.ts';
import { IndexNames } from '../../../../src/storage/elasticsearch/index-names.ts';
import { isoOf, secondsOf } from '../../../../src/storage/elasticsearch/instants.ts';
import { ledgerDocument, ledgerDocumentOf } from '../../../../src/storage/elasticsearch/ledger-document.ts';
import { nodeWindowDocument, nodeWindowOf } from '../../../../src/storage/elasticsearch/node-window-document.ts';
import { thinned } from '../../../../src/storage/elasticsearch/read-nodes.ts';
import { rowDocument, rowOf } from '../../../../src/storage/elasticsearch/row-document.ts';
import { derivedSums, ROW_ONLY_SUMS, SUM_FIELDS } from '../../../../src/storage/elasticsearch/row-sums.ts';
import { FAMILIES } from '../../../../src/storage/elasticsearch/templates/index.ts';
import { contentOf } from '../../../../src/storage/elasticsearch/window-content.ts';
import { windowOperations } from '../../../../src/storage/elasticsearch/window-documents.ts';
import { ReferenceStore } from '../../../contract/storage/reference.ts';
import {
  NEW_YEAR,
  nodeRow,
  SOURCES,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from '../../../contract/storage/sample-windows.ts';

const window = { startSeconds: NEW_YEAR, durationSeconds: 300 } as const;
const through = (row: ResultRow) => {
  const text = JSON.stringify(rowDocument(row, window, isoOf(NEW_YEAR), 'g'));
  return rowOf(JSON.parse(text));
};

describe('documents', () => {
  it('bring rows back to the last bit, absent values too', () => {
    const bare = { podUid: null, nodeInstanceType: null, nodeZone: null, ownerKind: null, ownerName: null, team: null };
    const odd = {
      joules: Number.MIN_VALUE,
      totalCost: 0.1 + 0.2,
      memoryRequestBytes: 2 ** 53 - 1,
      estimationReasons: [],
    };
    for (const row of [sampleRow(), nodeRow('system'), sampleRow({ ...bare, ...odd, gridIntensityAtSeconds: null })]) {
      expect(through(row)).toEqual({ ...row, ...window });
    }
  });

  it('bring facts of nodes and entries of the ledger back', () => {
    const facts = sampleNodeWindow({ cpuSeconds: null, measuredJoules: 5.5 });
    expect(nodeWindowOf(nodeWindowDocument(facts, window, 'g'))).toEqual({ ...facts, ...window });
    const { entry } = sampleWindow(NEW_YEAR, [], {
      entry: { notices: [{ code: 'x', severity: 'info', message: 'm', hint: null }] },
    });
    const document = { entry, generation: 'g', contentHash: 'h' };
    expect(ledgerDocumentOf(ledgerDocument(document))).toEqual(document);
  });

  it('name only fields that the templates know', () => {
    const result = sampleWindow(NEW_YEAR, [sampleRow(), nodeRow('unallocated')], {
      nodeWindows: [sampleNodeWindow()],
      nodeSnapshots: [sampleSnapshot()],
    });
    const operations = [...windowOperations(new IndexNames('p'), contentOf(result, 1), 'g')];
    expect(operations).toHaveLength(5);
    for (const operation of operations) {
      if (operation.kind !== 'put') throw new Error('a window only puts');
      const family = FAMILIES.find(({ name }) => operation.index.startsWith(`p-${name}`));
      const known = Object.keys(family?.properties ?? {});
      expect(Object.keys(operation.document).filter((field) => !known.includes(field))).toEqual([]);
    }
    expect(new Set(operations.map(({ index, id }) => `${index} ${id}`)).size).toBe(5);
  });

  it('hold every sum of a row, as the simplest store adds it up', () => {
    for (const row of [
      sampleRow(),
      sampleRow({ sources: { ...SOURCES, power: 'measured' } }),
      sampleRow({ sources: { ...SOURCES, power: 'generic' } }),
      nodeRow('system'),
      nodeRow('unallocated'),
    ]) {
      const reference = new ReferenceStore();
      reference.replace(sampleWindow(NEW_YEAR, [row]));
      const expected = reference.totals({ clusterIds: [] }, { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 1 });
      const document = rowDocument(row, window, isoOf(NEW_YEAR), 'g') as Record<string, number>;
      for (const { field, inRows } of SUM_FIELDS) expect(document[inRows] ?? 0, field).toBe(expected[field]);
    }
  });

  it('leave out sums that are zero', () => {
    expect(Object.keys(derivedSums(nodeRow('system'), 300))).not.toContain('pod_joules_dynamic');
    expect(ROW_ONLY_SUMS).toContain('pue_joules');
  });

  it('have ids that follow from what they are about', () => {
    expect(idOf('a', 1)).toBe(idOf('a', 1));
    expect(idOf('a', 'b')).not.toBe(idOf('ab'));
    expect(idOf('a', '1')).not.toBe(idOf('a', 1));
    expect(idOf('x'.repeat(2000))).toHaveLength(24);
  });

  it('carry instants in whole seconds', () => {
    expect(isoOf(NEW_YEAR)).toBe('2026-01-01T00:00:00Z');
    expect(secondsOf('2026-01-01T00:00:00Z')).toBe(NEW_YEAR);
    expect(() => secondsOf('soon')).toThrow(RangeError);
  });
});

describe('the content of a window', () => {
  const rows = [sampleRow(), sampleRow({ podName: 'cart-1' }, 2)];

  it('has a hash that no order of rows and no time of closing changes', () => {
    const one = contentOf(sampleWindow(NEW_YEAR, rows), 1);
    const other = sampleWindow(NEW_YEAR, [...rows].reverse(), { entry: { closedAtSeconds: NEW_YEAR + 9999 } });
    expect(contentOf(other, 2).hash).toBe(one.hash);
    expect(contentOf(sampleWindow(NEW_YEAR, [sampleRow({ team: 'x' }), rows[1]!]), 1).hash).not.toBe(one.hash);
    expect(contentOf(sampleWindow(NEW_YEAR, rows, { nodeWindows: [sampleNodeWindow()] }), 1).hash).not.toBe(one.hash);
  });

  it.each([
    ['NaN', [sampleRow({ joules: Number.NaN })]],
    ['two rows of one place', [sampleRow(), sampleRow({ team: 'other' })]],
    ['another cluster', [sampleRow({ clusterId: 'other' })]],
  ])('is refused with %s', (_, wrong) => {
    expect(() => contentOf(sampleWindow(NEW_YEAR, wrong), 1)).toThrow('was not stored');
  });
});

describe('thinning', () => {
  it('keeps the first and the last, evenly', () => {
    const all = Array.from({ length: 50 }, (_, index) => index);
    for (const limit of [2, 3, 7, 10, 49]) {
      const kept = thinned(all, limit);
      expect(kept).toHaveLength(limit);
      expect([kept.at(0), kept.at(-1)]).toEqual([0, 49]);
    }
    expect(thinned(all, 50)).toBe(all);
    expect(thinned(all, 1)).toEqual([0]);
  });
});
