import type { ReactNode } from 'react';
import { TextField } from '../../../ui/TextField.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { SwitchLine } from '../sources/SwitchLine.tsx';
import { DEFAULT_CURRENCY, PRICE_LINES, PUE_HELP } from './defaults.ts';
import type { MethodDraft, MethodProblems } from './method-draft.ts';
import { ZoneRules } from './ZoneRules.tsx';

interface Props {
  readonly draft: MethodDraft;
  readonly problems: MethodProblems;
  readonly onChange: (patch: Partial<MethodDraft>) => void;
}

/** Empty fields show what serves in their place, and where that is from. */
export function MethodFields({ draft, problems, onChange }: Props) {
  return (
    <>
      <SettingRow name="PUE" about="What the data centre draws for each unit of the computers, cooling and all.">
        <TextField
          label="PUE"
          hideLabel
          value={draft.pue}
          onChange={(pue) => onChange({ pue })}
          placeholder="By provider and region"
          error={problems['pue'] ?? null}
          help={PUE_HELP}
          className="self-stretch"
        />
      </SettingRow>
      <SettingRow
        name="Zone of the grid"
        about="For every node of the cluster. Left empty, each node's own place says it, and the rules below."
      >
        <TextField
          label="Grid zone"
          hideLabel
          value={draft.zone}
          onChange={(zone) => onChange({ zone })}
          placeholder="From the region of each node"
          error={problems['zone'] ?? null}
          help="Electricity Maps key, for example FR or US-CAL-CISO."
          mono
          className="self-stretch"
        />
      </SettingRow>
      <ZoneRules
        rules={draft.rules}
        problems={problems}
        isOverruled={draft.zone.trim() !== ''}
        onChange={(rules) => onChange({ rules })}
      />
      <ContractRow draft={draft} problems={problems} onChange={onChange} />
      <PricesRow draft={draft} problems={problems} onChange={onChange} />
      <SettingRow
        name="OpenCost"
        about="Costs as OpenCost allocates them go before unit prices. It is looked for in the cluster, unless its address stands here."
      >
        <SwitchLine
          label="Use OpenCost"
          checked={!draft.openCostOff}
          onChange={(isOn) => onChange({ openCostOff: !isOn })}
        />
        <TextField
          label="Address of OpenCost"
          value={draft.openCostUrl}
          onChange={(openCostUrl) => onChange({ openCostUrl })}
          placeholder="Found in the cluster"
          error={problems['openCostUrl'] ?? null}
          disabled={draft.openCostOff}
          mono
          className="self-stretch"
        />
      </SettingRow>
    </>
  );
}

function ContractRow({ draft, problems, onChange }: Props) {
  return (
    <WideRow
      name="Supply contract"
      about="For market-based scope 2, which stands beside the location-based figures and never in their place. Left empty, Google Cloud's published carbon-free share is taken, and no contract elsewhere."
    >
      <TextField
        label="Share of the energy"
        value={draft.share}
        onChange={(share) => onChange({ share })}
        placeholder="No contract"
        suffix="%"
        error={problems['share'] ?? null}
      />
      <TextField
        label="Intensity of the contract"
        value={draft.contract}
        onChange={(contract) => onChange({ contract })}
        placeholder="0 for renewable supply"
        suffix="g CO₂e/kWh"
        error={problems['contract'] ?? null}
      />
      <TextField
        label="Residual mix"
        value={draft.residual}
        onChange={(residual) => onChange({ residual })}
        placeholder="Intensity of the grid"
        suffix="g CO₂e/kWh"
        error={problems['residual'] ?? null}
        help="For the rest of the energy."
      />
    </WideRow>
  );
}

function PricesRow({ draft, problems, onChange }: Props) {
  return (
    <WideRow
      name="Unit prices"
      about="Where OpenCost says nothing. Of requests and usage the larger counts. Defaults are what Podwatt begins with, between list and committed prices of large clouds."
    >
      {PRICE_LINES.map(({ field, label, suffix, byDefault }) => (
        <TextField
          key={field}
          label={label}
          value={draft.prices[field]}
          onChange={(price) => onChange({ prices: { ...draft.prices, [field]: price } })}
          placeholder={`${byDefault} ${DEFAULT_CURRENCY}, default`}
          suffix={suffix}
          error={problems[field] ?? null}
        />
      ))}
      <TextField
        label="Currency"
        value={draft.currency}
        onChange={(currency) => onChange({ currency })}
        placeholder={DEFAULT_CURRENCY}
        error={problems['currency'] ?? null}
        help="Nothing is converted: prices are written in it as they stand."
      />
    </WideRow>
  );
}

/** A setting of several fields: its words above, the fields side by side below. */
function WideRow(props: { readonly name: string; readonly about: string; readonly children: ReactNode }) {
  return (
    <fieldset className="border-t border-line px-4 py-3">
      <legend className="sr-only">{props.name}</legend>
      <div aria-hidden="true" className="font-medium">
        {props.name}
      </div>
      <div className="text-small text-fg-2">{props.about}</div>
      <div className="mt-3 grid grid-cols-1 gap-x-4 gap-y-3 min-[700px]:grid-cols-2 mid:grid-cols-3">
        {props.children}
      </div>
    </fieldset>
  );
}
