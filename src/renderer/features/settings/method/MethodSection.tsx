import { FactorsSection } from '../factors/FactorsSection.tsx';
import { ClusterMethod } from './ClusterMethod.tsx';

/** Factors for all clusters, then the method of one of them. */
export function MethodSection() {
  return (
    <>
      <FactorsSection />
      <ClusterMethod />
    </>
  );
}
