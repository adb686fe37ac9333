import { Monitor } from 'lucide-react';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useSetTheme } from '../settings-in-force.ts';
import { useTheme } from '../theme.ts';
import { THEMES } from './theme-choices.ts';

export function ThemeMenu() {
  const theme = useTheme();
  const setTheme = useSetTheme();
  const Icon = THEMES.find((choice) => choice.key === theme)?.Icon ?? Monitor;
  return (
    <Menu
      label="Theme"
      align="end"
      trigger={
        <IconButton label="Theme">
          <Icon aria-hidden="true" strokeWidth={1.75} />
        </IconButton>
      }
      items={THEMES.map((choice) => ({
        key: choice.key,
        label: choice.label,
        icon: <choice.Icon aria-hidden="true" strokeWidth={1.75} />,
        checked: theme === choice.key,
        onSelect: () => setTheme(choice.key),
      }))}
    />
  );
}
