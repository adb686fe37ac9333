import type { LayoutSource } from '../../core/ports/layout-source.ts';

/** Several sources as one, the first that knows a cluster counts: the sample's own, then that of clusters which are followed. */
export function composeLayouts(sources: readonly LayoutSource[]): LayoutSource {
  return {
    layout: (clusterId) => {
      for (const source of sources) {
        const layout = source.layout(clusterId);
        if (layout !== null) return layout;
      }
      return null;
    },
    onSpecChange: (listener) => {
      const ends = sources.map((source) => source.onSpecChange(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
