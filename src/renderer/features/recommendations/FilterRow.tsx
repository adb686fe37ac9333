import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { RecommendationType, Severity } from '../../../contract/schemas/recommendations.ts';
import { TYPE_NAMES } from '../../figures/recommendation-names.ts';
import { Button } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Grouping, isFiltered, NO_FILTERS, type PagePatch, type PageSearch } from './search.ts';
import { SEVERITY_NAMES } from './words.ts';

interface Props {
  readonly search: PageSearch;
  readonly onSearch: (patch: PagePatch, options?: { replace?: boolean }) => void;
  readonly all: readonly RecommendationItem[];
}

/** No name of Kubernetes and no type reads so. */
const ANY = '*';
const GROUP_NAMES: Readonly<Record<Grouping, string>> = { plan: 'Workload', namespace: 'Namespace', type: 'Type' };

/** What narrows the list, and how it is grouped. Only what occurs can be chosen. */
export function FilterRow({ search, onSearch, all }: Props) {
  const types = RecommendationType.options.filter(
    (type) => type === search.type || all.some((item) => item.type === type),
  );
  const names = new Set(all.map((item) => item.namespace).filter((name) => name !== null));
  if (search.namespace !== undefined) names.add(search.namespace);
  const namespaces = [...names].sort((a, b) => a.localeCompare(b));
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2">
      <SearchField
        label="Find a recommendation"
        value={search.q ?? ''}
        onChange={(q) => onSearch({ q: q === '' ? undefined : q }, { replace: true })}
      />
      <Select
        label="Type"
        value={search.type ?? ANY}
        options={[{ value: ANY, label: 'All types' }, ...types.map((value) => ({ value, label: TYPE_NAMES[value] }))]}
        onChange={(type) => onSearch({ type: type === ANY ? undefined : type })}
      />
      <Select
        label="Priority"
        value={search.severity ?? ANY}
        options={[
          { value: ANY, label: 'All priorities' },
          ...Severity.options.map((value) => ({ value, label: SEVERITY_NAMES[value] })),
        ]}
        onChange={(severity) => onSearch({ severity: severity === ANY ? undefined : severity })}
      />
      <Select
        label="Namespace"
        value={search.namespace ?? ANY}
        options={[{ value: ANY, label: 'All namespaces' }, ...namespaces.map((value) => ({ value, label: value }))]}
        onChange={(namespace) => onSearch({ namespace: namespace === ANY ? undefined : namespace })}
      />
      {isFiltered(search) && (
        <Button kind="ghost" size="small" onClick={() => onSearch(NO_FILTERS)}>
          Clear
        </Button>
      )}
      <span className="min-w-0 flex-1" />
      <Select
        label="Group by"
        prefix="Group by"
        value={search.group ?? ANY}
        options={[
          { value: ANY, label: 'Nothing' },
          ...Grouping.options.map((value) => ({ value, label: GROUP_NAMES[value] })),
        ]}
        onChange={(group) => onSearch({ group: group === ANY ? undefined : group })}
      />
      <Segmented
        label="Savings a"
        value={search.per ?? 'year'}
        options={[
          { value: 'day', label: 'Day' },
          { value: 'month', label: 'Month' },
          { value: 'year', label: 'Year' },
        ]}
        onChange={(per) => onSearch({ per: per === 'year' ? undefined : per })}
      />
    </div>
  );
}
