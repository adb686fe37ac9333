import { describe, expect, it } from 'vitest';
import { answerSchema, seriesOf } from '../../../../src/collectors/prometheus/answer.ts';

function read(resultType: 'matrix' | 'vector', ...result: unknown[]) {
  return seriesOf(answerSchema.parse({ status: 'success', data: { resultType, result } }));
}

describe('seriesOf', () => {
  it('reads a matrix and a vector', () => {
    const series = [{ labels: { pod: 'a' }, samples: [{ seconds: 300, value: 1.5 }] }];
    expect(read('matrix', { metric: { pod: 'a' }, values: [[300, '1.5']] })?.series).toEqual(series);
    expect(read('vector', { metric: { pod: 'a' }, value: [300, '1.5'] })?.series).toEqual(series);
  });

  it('drops samples that are no finite number, and series without any left', () => {
    const answer = read(
      'matrix',
      {
        metric: {},
        values: [
          [300, 'NaN'],
          [600, '+Inf'],
          [900, ''],
          [1200, '2'],
        ],
      },
      { metric: {}, values: [[300, 'NaN']] },
    );
    expect(answer).toEqual({
      series: [{ labels: {}, samples: [{ seconds: 1200, value: 2 }] }],
      isWithoutNumbers: false,
    });
  });

  it('knows answers that hold samples and no number', () => {
    expect(read('matrix', { metric: {}, values: [[300, 'NaN']] })?.isWithoutNumbers).toBe(true);
    expect(read('matrix')?.isWithoutNumbers).toBe(false);
    expect(read('matrix', { metric: {}, histograms: [] })?.isWithoutNumbers).toBe(false);
  });

  it.each([
    ['text', 'x'],
    ['no labels', { values: [] }],
    ['labels that are a list', { metric: [], values: [] }],
    ['a label that is no text', { metric: { pod: 1 }, values: [] }],
    ['values that are no list', { metric: {}, values: 'x' }],
    ['a value that is a number', { metric: {}, values: [[300, 1]] }],
    ['a time that is text', { metric: {}, values: [['300', '1']] }],
    ['three parts', { metric: {}, values: [[300, '1', 2]] }],
  ])('is null for %s', (_, item) => {
    expect(read('matrix', { metric: {}, values: [[300, '1']] }, item)).toBeNull();
  });
});
