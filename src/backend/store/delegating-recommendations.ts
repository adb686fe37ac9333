import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { RecommendationStore } from '../../core/ports/recommendation-store.ts';
import { DelegatingKubernetes } from './delegating-kubernetes.ts';

type Input<Name extends keyof RecommendationStore> = Parameters<RecommendationStore[Name]>;
type Answer<Name extends keyof RecommendationStore> = ReturnType<RecommendationStore[Name]>;

/** Passes each call about recommendations, savings and scores on, beside those of the Kubernetes part. */
export abstract class DelegatingRecommendations extends DelegatingKubernetes implements RecommendationStore {
  protected abstract override use<T>(call: (store: KubernetesStore & RecommendationStore) => Promise<T>): Promise<T>;

  putRecommendations(...input: Input<'putRecommendations'>): Answer<'putRecommendations'> {
    return this.use((store) => store.putRecommendations(...input));
  }

  recommendations(...input: Input<'recommendations'>): Answer<'recommendations'> {
    return this.use((store) => store.recommendations(...input));
  }

  recommendation(...input: Input<'recommendation'>): Answer<'recommendation'> {
    return this.use((store) => store.recommendation(...input));
  }

  statusChanges(...input: Input<'statusChanges'>): Answer<'statusChanges'> {
    return this.use((store) => store.statusChanges(...input));
  }

  statusHistory(...input: Input<'statusHistory'>): Answer<'statusHistory'> {
    return this.use((store) => store.statusHistory(...input));
  }

  putSavings(...input: Input<'putSavings'>): Answer<'putSavings'> {
    return this.use((store) => store.putSavings(...input));
  }

  savingsDays(...input: Input<'savingsDays'>): Answer<'savingsDays'> {
    return this.use((store) => store.savingsDays(...input));
  }

  savingsSums(...input: Input<'savingsSums'>): Answer<'savingsSums'> {
    return this.use((store) => store.savingsSums(...input));
  }

  putScores(...input: Input<'putScores'>): Answer<'putScores'> {
    return this.use((store) => store.putScores(...input));
  }

  scores(...input: Input<'scores'>): Answer<'scores'> {
    return this.use((store) => store.scores(...input));
  }

  latestScores(...input: Input<'latestScores'>): Answer<'latestScores'> {
    return this.use((store) => store.latestScores(...input));
  }
}
