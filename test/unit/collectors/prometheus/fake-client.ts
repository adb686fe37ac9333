import type { Labels, Series } from '../../../../src/collectors/prometheus/answer.ts';
import type { Transport, TransportRequest, TransportResponse } from '../../../../src/core/ports/transport.ts';

export const NO_SIGNAL = new AbortController().signal;

/** Series with the same labels and one sample an entry. */
export function series(labels: Labels, ...samples: readonly (readonly [number, number])[]): Series {
  return { labels, samples: samples.map(([seconds, value]) => ({ seconds, value })) };
}

export interface FakeTransport extends Transport {
  readonly requests: TransportRequest[];
}

/** Answers as `answer` says; an error that it gives is thrown. */
export function fakeTransport(
  answer: (request: TransportRequest) => Partial<TransportResponse> | Error,
): FakeTransport {
  const requests: TransportRequest[] = [];
  return {
    description: 'monitoring/prometheus:80',
    requests,
    async send(request) {
      requests.push(request);
      const said = answer(request);
      if (said instanceof Error) throw said;
      return { status: 200, contentType: 'application/json', text: '', ...said };
    },
  };
}

export function matrix(...result: readonly Series[]): { text: string } {
  return {
    text: JSON.stringify({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: result.map(({ labels, samples }) => ({
          metric: labels,
          values: samples.map(({ seconds, value }) => [seconds, String(value)]),
        })),
      },
    }),
  };
}

export function vector(...values: readonly number[]): { text: string } {
  const result = values.map((value) => ({ metric: {}, value: [0, String(value)] }));
  return { text: JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }) };
}
