import * as z from 'zod';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SectionList } from './SectionList.tsx';
import { SECTIONS } from './sections.ts';

const Search = z.object({ section: z.string().optional().catch(undefined) });

/** List of sections at the left, one of them beside it; which one is in the address. */
export function SettingsPage() {
  const [{ section }] = useSearchState(Search);
  const current = SECTIONS.find((each) => each.key === section) ?? SECTIONS[0];
  const { Content } = current;
  return (
    <Page>
      <PageHeader title="Settings" />
      <div className="flex flex-1 flex-col items-stretch gap-3 mid:flex-row mid:items-start mid:gap-6">
        <SectionList current={current.key} />
        <div className="flex w-full max-w-245 min-w-0 flex-col gap-3 wide:max-w-290">
          <div className="min-h-9">
            <h2 id="section" className="text-title font-strong">
              {current.name}
            </h2>
            <p className="text-small text-fg-2">{current.about}</p>
          </div>
          <Content key={current.key} />
        </div>
      </div>
    </Page>
  );
}
