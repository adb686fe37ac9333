import type { GreenKubeBatch, GreenKubeRead, GreenKubeSource } from '../../../core/ports/greenkube-source.ts';
import { Count, hourOf, intensityOf, nodeOf } from './lines.ts';
import { rowOf } from './row-line.ts';
import {
  type GreenKubeDialect,
  hoursQuestion,
  intensitiesQuestion,
  nodesQuestion,
  RECOMMENDATIONS_QUESTION,
  rowsQuestion,
} from './tables.ts';

/** Lines that are read at once. */
export const GREENKUBE_BATCH = 1000;

/** An open database of GreenKube: how it is asked. What it throws is a `Failure`. */
export interface GreenKubeReader {
  all(question: string): Promise<readonly unknown[]>;
  /** In batches of GREENKUBE_BATCH lines. */
  batches<T>(question: string, read: (line: unknown) => GreenKubeRead<T>): AsyncIterable<GreenKubeBatch<T>>;
  close(): Promise<void>;
}

export function greenKubeSource(location: string, dialect: GreenKubeDialect, reader: GreenKubeReader): GreenKubeSource {
  return {
    location,
    hours: async () => (await reader.all(hoursQuestion(dialect))).map(hourOf),
    rows: () => reader.batches(rowsQuestion(dialect), rowOf),
    nodes: () => reader.batches(nodesQuestion(dialect), nodeOf),
    intensities: () => reader.batches(intensitiesQuestion(dialect), intensityOf),
    countRecommendations: async () => Count.parse((await reader.all(RECOMMENDATIONS_QUESTION))[0]).count,
    close: () => reader.close(),
  };
}
