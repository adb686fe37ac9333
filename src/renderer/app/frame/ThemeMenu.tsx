import { Monitor, Moon, Sun } from 'lucide-react';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { type ThemeChoice, useTheme } from '../theme.ts';

const CHOICES: readonly { key: ThemeChoice; label: string; Icon: typeof Sun }[] = [
  { key: 'system', label: 'As the system', Icon: Monitor },
  { key: 'light', label: 'Light', Icon: Sun },
  { key: 'dark', label: 'Dark', Icon: Moon },
];

export function ThemeMenu() {
  const [theme, setTheme] = useTheme();
  const Icon = CHOICES.find((choice) => choice.key === theme)?.Icon ?? Monitor;
  return (
    <Menu
      label="Theme"
      align="end"
      trigger={
        <IconButton label="Theme">
          <Icon aria-hidden="true" strokeWidth={1.75} />
        </IconButton>
      }
      items={CHOICES.map((choice) => ({
        key: choice.key,
        label: choice.label,
        icon: <choice.Icon aria-hidden="true" strokeWidth={1.75} />,
        checked: theme === choice.key,
        onSelect: () => setTheme(choice.key),
      }))}
    />
  );
}
