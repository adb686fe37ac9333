import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router';
import { useLiveUpdates } from '../rpc/live-updates.ts';
import { BrokenPage, UnknownPage } from './Broken.tsx';
import { ConnectionDialog } from './ConnectionDialog.tsx';
import { FirstRunGate } from './FirstRunGate.tsx';
import { Frame } from './frame/Frame.tsx';
import { useSettingsInForce } from './settings-in-force.ts';
import { parseSearchText, writeSearchText } from './view/search-text.ts';

function Root() {
  useLiveUpdates();
  useSettingsInForce();
  return (
    <>
      <Outlet />
      <ConnectionDialog />
    </>
  );
}

const keepText = (search: Record<string, unknown>): Record<string, unknown> => search;

const root = createRootRoute({ component: Root, validateSearch: keepText, notFoundComponent: UnknownPage });
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame });
const figures = createRoute({
  getParentRoute: () => frame,
  id: 'figures',
  component: () => (
    <FirstRunGate>
      <Outlet />
    </FirstRunGate>
  ),
});

const overview = createRoute({
  getParentRoute: () => figures,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/OverviewPage.tsx'), 'OverviewPage'),
});
const explore = createRoute({
  getParentRoute: () => figures,
  path: '/explore',
  component: lazyRouteComponent(() => import('../features/explore/ExplorePage.tsx'), 'ExplorePage'),
});
const nodes = createRoute({
  getParentRoute: () => figures,
  path: '/nodes',
  component: lazyRouteComponent(() => import('../features/nodes/NodesPage.tsx'), 'NodesPage'),
});
const quality = createRoute({
  getParentRoute: () => figures,
  path: '/quality',
  component: lazyRouteComponent(() => import('../features/quality/QualityPage.tsx'), 'QualityPage'),
});
const grid = createRoute({
  getParentRoute: () => figures,
  path: '/grid',
  component: lazyRouteComponent(() => import('../features/grid/GridPage.tsx'), 'GridPage'),
});

const costs = createRoute({
  getParentRoute: () => figures,
  path: '/costs',
  component: lazyRouteComponent(() => import('../features/costs/CostsPage.tsx'), 'CostsPage'),
});
const recommendations = createRoute({
  getParentRoute: () => figures,
  path: '/recommendations',
  component: lazyRouteComponent(
    () => import('../features/recommendations/RecommendationsPage.tsx'),
    'RecommendationsPage',
  ),
});
const reports = createRoute({
  getParentRoute: () => figures,
  path: '/reports',
  component: lazyRouteComponent(() => import('../features/reports/ReportsPage.tsx'), 'ReportsPage'),
});
const clusters = createRoute({
  getParentRoute: () => frame,
  path: '/clusters',
  component: lazyRouteComponent(() => import('../features/clusters/ClustersPage.tsx'), 'ClustersPage'),
});
const cluster = createRoute({
  getParentRoute: () => frame,
  path: '/clusters/$clusterId',
  component: lazyRouteComponent(() => import('../features/cluster/ClusterPage.tsx'), 'ClusterPage'),
});
const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsPage.tsx'), 'SettingsPage'),
});
const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyRouteComponent(() => import('../features/first-run/FirstRunPage.tsx'), 'FirstRunPage'),
});

const tree = root.addChildren([
  frame.addChildren([
    figures.addChildren([overview, explore, nodes, recommendations, grid, costs, reports, quality]),
    clusters,
    cluster,
    settings,
  ]),
  firstRun,
]);

/** All pages. The address keeps the whole view; the search is plain text (see `parseSearchText`). */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: tree,
    parseSearch: parseSearchText,
    stringifySearch: writeSearchText,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: UnknownPage,
    defaultPendingMs: 400,
    defaultPreload: 'intent',
    scrollRestoration: false,
    ...(history === undefined ? {} : { history }),
  });
}
