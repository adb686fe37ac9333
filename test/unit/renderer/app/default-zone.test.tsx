import { act, renderHook, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/contract/schemas/settings.ts';
import {
  useGeneralSettings,
  useSaveSettings,
  useSetTheme,
  useSettingsInForce,
} from '../../../../src/renderer/app/settings-in-force.ts';
import { readTheme } from '../../../../src/renderer/app/theme.ts';
import { useView } from '../../../../src/renderer/app/view/use-view.ts';
import { applyDefaultZone, defaultZone, localZone, useDefaultZone } from '../../../../src/renderer/app/view/zone.ts';
import { generalSettings } from '../../../fakes/client/answers.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const KEY = 'podwatt:time-zone';
beforeEach(() => {
  localStorage.clear();
  document.documentElement.dataset.theme = 'light';
});

describe('the zone for addresses that name none', () => {
  it('is that of the computer until the settings say another', () => {
    expect(defaultZone()).toBe(localZone());
    applyDefaultZone('Asia/Tokyo');
    expect(defaultZone()).toBe('Asia/Tokyo');
    expect(localStorage.getItem(KEY)).toBe('Asia/Tokyo');
    applyDefaultZone(null);
    expect(defaultZone()).toBe(localZone());
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it('is that of the computer where what was kept is no zone', () => {
    localStorage.setItem(KEY, 'Middle/Earth');
    expect(defaultZone()).toBe(localZone());
  });

  it('is heard of wherever it is used, and by nobody who has left', () => {
    const { result, unmount } = renderHook(() => useDefaultZone());
    act(() => applyDefaultZone('Asia/Tokyo'));
    expect(result.current).toBe('Asia/Tokyo');
    unmount();
    applyDefaultZone('Europe/Paris');
    expect(result.current).toBe('Asia/Tokyo');
  });

  function Zone() {
    return <p>{useView().query.tz}</p>;
  }

  it('is what questions take, unless the address has its own', async () => {
    applyDefaultZone('Asia/Tokyo');
    const first = renderPart(<Zone />);
    expect(await screen.findByText('Asia/Tokyo')).toBeTruthy();
    first.unmount();
    renderPart(<Zone />, {}, '/?tz=UTC');
    expect(await screen.findByText('UTC')).toBeTruthy();
  });
});

describe('settings in force', () => {
  function Page() {
    useSettingsInForce();
    const settings = useGeneralSettings();
    const save = useSaveSettings();
    const setTheme = useSetTheme();
    return (
      <>
        <p>{settings.isPending ? 'asked' : settings.isError ? 'failed' : settings.data.time_zone}</p>
        <button type="button" onClick={() => save.mutate({ time_zone: 'local' })}>
          computer
        </button>
        <button type="button" onClick={() => setTheme('dark')}>
          dark
        </button>
      </>
    );
  }
  const show = (kept: Partial<Settings>) =>
    renderPart(<Page />, { settings: { get: async () => ({ ...generalSettings, ...kept }) } });

  it('are those of the backend', async () => {
    localStorage.setItem('podwatt:theme', 'light');
    show({ theme: 'dark', time_zone: 'Asia/Tokyo' });
    await screen.findByText('Asia/Tokyo');
    expect(readTheme()).toBe('dark');
    expect(defaultZone()).toBe('Asia/Tokyo');
  });

  it('follow what is saved', async () => {
    show({ time_zone: 'Asia/Tokyo' });
    await screen.findByText('Asia/Tokyo');
    screen.getByRole('button', { name: 'computer' }).click();
    expect(await screen.findByText('local')).toBeTruthy();
    await waitFor(() => expect(defaultZone()).toBe(localZone()));
  });

  it('leave alone what this browser has kept where they can not be read', async () => {
    localStorage.setItem('podwatt:theme', 'dark');
    localStorage.setItem(KEY, 'Asia/Tokyo');
    renderPart(<Page />, { settings: { get: async () => Promise.reject(new Error('no')) } });
    await screen.findByText('failed');
    expect(readTheme()).toBe('dark');
    expect(defaultZone()).toBe('Asia/Tokyo');
  });

  it('change the theme at once, even where it can not be saved', async () => {
    renderPart(<Page />, {
      settings: { get: async () => generalSettings, update: async () => Promise.reject(new Error('no')) },
    });
    await screen.findByText('local');
    act(() => screen.getByRole('button', { name: 'dark' }).click());
    expect(document.documentElement.dataset.theme).toBe('dark');
  });
});
