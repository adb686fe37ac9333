import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { keptSearch } from '../view/kept-search.ts';

/** A link into a section of the settings; range and cluster go along. */
export function SettingsLink(props: {
  section: string;
  children: ReactNode;
  className?: string;
  title?: string;
  isCurrent?: boolean;
}) {
  return (
    <Link
      to="/settings"
      search={(before: Record<string, unknown>) => ({ ...keptSearch(before), section: props.section })}
      className={props.className ?? 'link shrink-0 rounded-1'}
      aria-current={props.isCurrent === true ? 'page' : undefined}
      {...(props.title === undefined ? {} : { title: props.title })}
    >
      {props.children}
    </Link>
  );
}
