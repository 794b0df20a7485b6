/** table: which package may import which; the arrows only ever point down. */

/** What one package may do. */
export interface Boundary {
  /** Packages it may import; `everything` for the two that wire the others together. */
  readonly mayImport: readonly string[] | 'everything'
  /** Pure packages run in a browser page as well: no Node modules, process, clock, randomness or network. */
  readonly pure: boolean
  /** True where only the types of the allowed packages may be used. */
  readonly typesOnly?: boolean
}

/** The table "Who may import whom". A package that is not listed here may import nothing. */
export const BOUNDARIES: Readonly<Record<string, Boundary>> = {
  yaml: { mayImport: [], pure: true },
  regex: { mayImport: [], pure: true },
  go: { mayImport: [], pure: true },
  'go-template': { mayImport: ['go'], pure: true },
  resources: { mayImport: ['yaml'], pure: true },
  kustomize: { mayImport: ['yaml'], pure: true },
  rego: { mayImport: ['go', 'go-template', 'regex', 'yaml'], pure: true },
  helm: { mayImport: ['go', 'go-template', 'regex', 'yaml'], pure: true },
  controls: { mayImport: ['resources', 'regex'], pure: true },
  policies: { mayImport: ['rego', 'controls', 'resources', 'go', 'regex', 'yaml'], pure: true },
  results: { mayImport: ['controls', 'resources'], pure: true },
  scanner: { mayImport: ['results', 'controls', 'resources', 'yaml'], pure: true },
  formats: { mayImport: ['results', 'yaml'], pure: true },
  cluster: { mayImport: ['resources', 'yaml'], pure: false },
  sources: { mayImport: ['helm', 'kustomize', 'cluster', 'resources', 'yaml'], pure: false },
  images: { mayImport: ['results', 'resources', 'cluster'], pure: false },
  storage: { mayImport: ['results', 'resources', 'cluster'], pure: false },
  hub: { mayImport: ['results', 'resources', 'cluster'], pure: false },
  runtime: { mayImport: ['results', 'resources', 'policies'], pure: false },
  dashboard: { mayImport: ['results'], pure: false, typesOnly: true },
  operator: { mayImport: 'everything', pure: false },
  cli: { mayImport: 'everything', pure: false },
}

/** Packages that wire: nobody imports them. */
export const WIRING: readonly string[] = ['operator', 'cli']

/** Folders whose members must not know each other. A member is the first path segment below the folder, at `depth`. */
export const SIBLINGS: readonly { readonly folder: string; readonly depth: number; readonly noun: string }[] = [
  { folder: 'packages/formats/src', depth: 1, noun: 'format' },
  { folder: 'packages/sources/src', depth: 1, noun: 'source' },
  { folder: 'packages/cli/src/commands', depth: 1, noun: 'command' },
  { folder: 'packages/controls/src/library', depth: 2, noun: 'control' },
]

/** Names that a pure package must not mention: each reaches out of the program, or differs between Node and a page. */
export const IMPURE_NAMES: ReadonlySet<string> = new Set([
  'process',
  'Buffer',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'performance',
  'require',
  'global',
  'globalThis',
  '__dirname',
  '__filename',
  'setImmediate',
])

/** Members of otherwise harmless objects that a pure package must not use. */
export const IMPURE_MEMBERS: ReadonlySet<string> = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
])
