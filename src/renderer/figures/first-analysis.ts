/** Before the first analysis of a cluster, which begins seconds after its first windows. */
export const FIRST_ANALYSIS =
  'The first analysis comes by itself, soon after the history is read. Most recommendations need at least a day of use.';
