import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../rpc/provider.tsx';
import { applyTheme, type ThemeChoice } from './theme.ts';
import { applyDefaultZone } from './view/zone.ts';

/** Settings that hold for everything, as the backend keeps them. */
export function useGeneralSettings() {
  const api = useApi();
  return useQuery(api.settings.get.queryOptions());
}

/**
 * Takes theme and time zone from the backend. What this browser keeps of them is a copy, so that the first paint and
 * the first question are right before the answer comes.
 */
export function useSettingsInForce(): void {
  const { data } = useGeneralSettings();
  const theme = data?.theme;
  const zone = data?.time_zone;
  useEffect(() => {
    if (theme !== undefined) applyTheme(theme);
  }, [theme]);
  useEffect(() => {
    if (zone !== undefined) applyDefaultZone(zone === 'local' ? null : zone);
  }, [zone]);
}

/** Saves some settings; the answer is what holds from then on. */
export function useSaveSettings(onSaved: () => void = () => undefined) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.settings.update.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.settings.get.queryKey(), answer);
        onSaved();
      },
    }),
  );
}

/** Changes the theme at once, and for the next start. */
export function useSetTheme(): (choice: ThemeChoice) => void {
  const save = useSaveSettings();
  return (choice) => {
    applyTheme(choice);
    save.mutate({ theme: choice });
  };
}
