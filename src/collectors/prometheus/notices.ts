import type { Notice } from '../../model/inventory.ts';
import type { PieceAnswers } from './read-piece.ts';

/** What was missing while a piece was read, and what stands in for it. */
export function noticesOfPiece(answers: PieceAnswers, warnings: readonly string[]): readonly Notice[] {
  const notices: Notice[] = [];
  const add = (code: string, severity: Notice['severity'], message: string, hint: string): void => {
    notices.push({ code, severity, message, hint });
  };
  const hasContainers = answers.usageTimes.nodes.length > 0 || answers.usageTimes.of(null).length > 0;
  if (!hasContainers) {
    add(
      'prometheus-no-cadvisor',
      'warning',
      'Prometheus has no container metrics (cAdvisor) of this time',
      'Let Prometheus scrape the kubelet at /metrics/cadvisor; until then pods count with their requests.',
    );
  }
  if (answers.nodeExporterTimes.nodes.length === 0 && hasContainers) {
    add(
      'prometheus-no-node-exporter',
      'info',
      'Prometheus has no node_cpu_seconds_total; the CPU use of nodes comes from cAdvisor or the sum of their pods',
      'Install node-exporter to count the CPU use of the operating system too.',
    );
  }
  if (answers.strangerCount > 0) {
    add(
      'prometheus-unknown-instances',
      'info',
      `${answers.strangerCount} node-exporter targets belong to no known node and are left out`,
      'If they are nodes of this cluster, give the scrape job a node label, or install kube-state-metrics.',
    );
  }
  if ([...answers.pods.values()].every((pods) => pods.size === 0)) {
    add(
      'prometheus-no-kube-state-metrics',
      'info',
      'Prometheus has no kube-state-metrics of this time; owners and requests are those of now',
      'Install kube-state-metrics so that pods that are gone keep their owner and requests.',
    );
  }
  if (warnings.length > 0) {
    add(
      'prometheus-partial-answer',
      'warning',
      `Prometheus says that its answers may lack data: ${warnings[0] ?? ''}`,
      'Check the stores behind it (Thanos, Mimir, remote read).',
    );
  }
  return notices;
}
