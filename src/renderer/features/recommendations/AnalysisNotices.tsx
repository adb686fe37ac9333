import type { RecommendationList } from '../../../contract/schemas/recommendations.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Notice } from '../../ui/Notice.tsx';

const MOST = 3;

/** What kept the analysis from being whole, and why a new one failed. */
export function AnalysisNotices({ list, failure }: { list: RecommendationList | undefined; failure: unknown }) {
  const notices = list?.notices ?? [];
  const failed = failure === null || failure === undefined ? null : failureOf(failure);
  if (notices.length === 0 && failed === null) return null;
  return (
    <div className="flex shrink-0 flex-col gap-1">
      {failed !== null && (
        <Notice tone="bad">
          <span className="font-medium">{failed.message}.</span> {failed.hint} The list is the one of before.
        </Notice>
      )}
      {notices.slice(0, MOST).map((notice) => (
        <Notice key={`${notice.code} ${notice.message}`} tone="warn">
          {notice.message} {notice.hint}
        </Notice>
      ))}
      {notices.length > MOST && (
        <Notice tone="quiet">{notices.length - MOST} more notices are in the log of Podwatt.</Notice>
      )}
    </div>
  );
}
