import * as z from 'zod';

/**
 * The kubelet's `/stats/summary` as far as it is needed. Lenient: what is missing or of another form counts as absent.
 * Source: k8s.io/kubelet, `pkg/apis/stats/v1alpha1`.
 */
const text = z.string().optional().catch(undefined);
const amount = z.number().nonnegative().optional().catch(undefined);

const cpu = z.object({ time: text, usageCoreNanoSeconds: amount }).optional().catch(undefined);
const memory = z.object({ workingSetBytes: amount }).optional().catch(undefined);
const network = z
  .object({
    rxBytes: amount,
    txBytes: amount,
    interfaces: z
      .array(z.object({ rxBytes: amount, txBytes: amount }))
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);
const volume = z.object({
  usedBytes: amount,
  capacityBytes: amount,
  pvcRef: z.object({ name: z.string(), namespace: z.string() }).optional().catch(undefined),
});

const pod = z.object({
  podRef: z.object({ name: z.string().min(1), namespace: z.string().min(1), uid: text }),
  startTime: text,
  cpu,
  memory,
  network,
  volume: z.array(volume).optional().catch(undefined),
  'ephemeral-storage': z.object({ usedBytes: amount }).optional().catch(undefined),
});
export type SummaryPod = z.infer<typeof pod>;
export type SummaryCpu = z.infer<typeof cpu>;

/** Pods are read one by one, so that one of another form costs only itself. */
export const podSchema = pod;
export const summarySchema = z.object({
  node: z.object({ nodeName: z.string().min(1), cpu }),
  pods: z.array(z.unknown()).nullish().catch(null),
});
