/**
 * Bundles the command line into `packages/cli/dist`: `npm run build`.
 *
 * With `--optional` (the `prepare` script) a missing esbuild is not an error: the launcher then runs the sources.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile, Plugin } from 'esbuild'
import { root } from './root.ts'

/** What is known about the build at build time; empty strings where git knows nothing. */
export interface BuildFacts {
  readonly version: string
  readonly commit: string
  /** ISO 8601, the date of the commit or of `SOURCE_DATE_EPOCH`, so that the same sources give the same bytes. */
  readonly date: string
}

const CLI = join(root, 'packages/cli')

/** Bundles `src/main.ts` into `outdir` and gives esbuild's account of it. Throws when a source does not bundle. */
export async function build(outdir: string = join(CLI, 'dist'), facts: BuildFacts = buildFacts()): Promise<Metafile> {
  const { build: bundle } = await import('esbuild')
  rmSync(outdir, { recursive: true, force: true })
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: { main: join(CLI, 'src/main.ts') },
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    define: definitions(facts, '../examples/'),
    plugins: [directBuiltins, fontsInside],
    logLevel: 'warning',
  })
  cpSync(join(root, 'packages/controls/examples'), join(outdir, 'examples'), { recursive: true })
  return metafile
}

/** What the sources leave to the build: facts, and where the examples are seen from the code that reads them. */
export function definitions({ version, commit, date }: BuildFacts, examples: string): Record<string, string> {
  const values = { __VERSION__: version, __COMMIT__: commit, __BUILD_DATE__: date, __EXAMPLES__: examples }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]))
}

/**
 * Takes Node's own modules by `process.getBuiltinModule`. An `import` of one builds a view of all its exports, which loads
 * what lies behind them (streams, sockets): a quarter of the start-up of a small scan. commander asks for child processes only
 * to start sub-commands that are programs of their own, which kubescape has none of.
 */
export const directBuiltins: Plugin = {
  name: 'direct-builtins',
  setup(context) {
    const names = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))
    context.onResolve({ filter: /^(?:node:)?[a-z_/]+$/ }, ({ path, importer, kind }) => {
      if (!names.has(path)) return undefined
      if (kind === 'require-call') return { path, namespace: 'node-builtin-required' }
      const isUnused = path.endsWith('child_process') && importer.includes('node_modules/commander')
      return { path: isUnused ? 'unused' : path, namespace: 'node-builtin', sideEffects: false }
    })
    context.onLoad({ filter: /./, namespace: 'node-builtin' }, ({ path }) => ({
      contents: path === 'unused' ? 'export default {}' : builtinExports(path),
      loader: 'js',
    }))
    // Who requires a module may call it, as `require('node:assert')(...)`: it has to be the module itself.
    context.onLoad({ filter: /./, namespace: 'node-builtin-required' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
      loader: 'js',
    }))
  },
}

/**
 * Puts the measures of the two fonts that pages are written in into the bundle: pdfkit asks for fonts by a `require` that the
 * bundler does not see. What it needs for fonts and pictures in files is left out, since pages have neither.
 */
export const fontsInside: Plugin = {
  name: 'fonts-inside',
  setup(context) {
    context.onLoad({ filter: /pdfkit[\\/]js[\\/]pdfkit\.node\.mjs$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replaceAll(/require\$1\('(#standard-fonts\/Helvetica(?:Bold)?)'\)/g, (_, font: string) => `require('${font}')`)
        // Neither other fonts nor a colour profile are looked for beside a program that may be one file.
        .replaceAll(/createRequire\(import\.meta\.url\)|new URL\([^)]*import\.meta\.url\)\.href/g, 'undefined'),
      loader: 'js',
    }))
    context.onResolve({ filter: /^(?:fontkit|png-js)$/ }, ({ path, importer }) =>
      importer.includes('pdfkit') ? { path, namespace: 'left-out' } : undefined,
    )
    context.onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: 'export default undefined; export const create = undefined',
      loader: 'js',
    }))
  },
}

/** Reading an export may load more of Node: only those that somebody imports are left by the bundler. */
function builtinExports(path: string): string {
  const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter(
    (name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default',
  )
  const exports = names.map(
    (name) => `export const ${name}_ = /* @__PURE__ */ (() => builtin.${name})(); export { ${name}_ as ${name} };`,
  )
  return [`const builtin = process.getBuiltinModule('${path}');`, 'export default builtin;', ...exports].join('\n')
}

/** Version of the command line package, and commit and date where git can tell. */
export function buildFacts(): BuildFacts {
  const manifest = JSON.parse(readFileSync(join(CLI, 'package.json'), 'utf8')) as { version: string }
  const epoch = process.env['SOURCE_DATE_EPOCH']
  const date = epoch === undefined ? git('log', '-1', '--format=%cI') : new Date(Number(epoch) * 1000).toISOString()
  return { version: manifest.version, commit: git('rev-parse', 'HEAD'), date }
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

function printSizes(metafile: Metafile): void {
  const outputs = Object.entries(metafile.outputs).toSorted(([, a], [, b]) => b.bytes - a.bytes)
  for (const [path, { bytes }] of outputs) {
    console.log(`${(bytes / 1024).toFixed(1).padStart(9)} KiB  ${relative(root, join(root, path))}`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--optional') && !existsSync(join(root, 'node_modules/esbuild'))) {
    console.log('build: esbuild is not installed, so no bundle is made; the command runs from its sources')
  } else {
    printSizes(await build())
  }
}
