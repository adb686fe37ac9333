import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../rpc/provider.tsx';

const MOST_REASONS = 4;

/** Why a cluster is as it is; asked for only once it is on screen, so one call for the one that is pointed at. */
export function HealthTip({ id }: { id: string }) {
  const api = useApi();
  const { data, error } = useQuery(api.k8s.health.queryOptions({ input: { id }, staleTime: 10_000 }));
  if (data === undefined) return <>{error === null ? 'Reading the reasons' : 'The reasons could not be read'}</>;
  const { reasons, notices } = data;
  const left = reasons.length - MOST_REASONS;
  return (
    <>
      {reasons.length === 0 && <span className="block">Nothing is wrong with it.</span>}
      {reasons.slice(0, MOST_REASONS).map(({ code, message }) => (
        <span key={code} className="block">
          {message}
        </span>
      ))}
      {left > 0 && <span className="block text-fg-3">and {left} more</span>}
      {notices.length > 0 && (
        <span className="block text-fg-3">
          {notices.length === 1 ? 'One right is missing' : `${notices.length} rights are missing`}
        </span>
      )}
    </>
  );
}
