// Who may know whom. Each rule names the room and what it must not import; see docs/architecture.md.
const room = (name) => `^src/${name}/`;
const anyRoomBut = (...names) => `^src/(?!(?:${names.join('|')})/)`;

const mayKnow = {
  model: [],
  core: ['model'],
  net: ['model', 'core/ports'],
  storage: ['core/ports', 'model', 'net'],
  contract: [],
  backend: ['model', 'core', 'net', 'collectors', 'storage', 'contract'],
  server: ['backend', 'contract', 'model'],
  cli: ['server', 'backend', 'contract', 'model'],
  preload: ['contract'],
  renderer: ['contract'],
};

const library = (name, pattern, rooms) => ({
  name: `only-${name}`,
  comment: `${name} belongs to ${rooms.join(', ')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: rooms.map((place) => `^src/${place}`) },
  to: { path: pattern },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    ...Object.entries(mayKnow).map(([name, known]) => ({
      name: `${name}-knows`,
      comment: `${name} may know ${known.join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from: { path: room(name) },
      to: { path: anyRoomBut(name, ...known) },
    })),
    {
      name: 'collectors-know',
      comment: 'a collector knows ports, model, net, its own files, and no sibling',
      severity: 'error',
      from: { path: '^src/collectors/([^/]+)/' },
      to: { path: '^src/(?!(?:core/|model/|net/|collectors/$1/))' },
    },
    {
      name: 'main-knows',
      comment: 'the shell knows the contract; only the backend entry knows the backend and its loopback host',
      severity: 'error',
      from: { path: '^src/main/', pathNot: '^src/main/backend-entry' },
      to: { path: '^src/(?!(?:main|contract)/)' },
    },
    {
      name: 'renderer-without-rpc-value',
      comment: 'the RPC contract as a value drags the server library into the page; types are free',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/contract/(?!schemas/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-apart',
      comment: 'one page never imports another; what two need moves to ui, charts, app or export',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/(?!(?:$1|export)/)' },
    },
    {
      name: 'core-is-pure',
      comment: 'no Node built-ins and no library in model and core',
      severity: 'error',
      from: { path: '^src/(model|core)/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    library('electron', '^(node_modules/)?electron(/|$)', ['main/', 'preload/']),
    library('sql-drivers', 'node_modules/(better-sqlite3|kysely|pg)/', ['storage/']),
    library('undici', 'node_modules/undici/', ['net/', 'collectors/kubernetes/']),
    library('kubernetes-client', 'node_modules/@kubernetes/', ['collectors/kubernetes/']),
    library('rpc', 'node_modules/@orpc/', [
      'contract/',
      'backend/api/',
      'backend/create-backend',
      'server/',
      'cli/',
      'main/',
      'renderer/rpc/',
    ]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
};
