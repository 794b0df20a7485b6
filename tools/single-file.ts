/** Bundles a program with everything that it may load into one file, for places where a folder of parts has no room. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'
import { type BuildFacts, definitions, directBuiltins, fontsInside } from './build.ts'
import { root } from './root.ts'

const EXAMPLES = join(root, 'packages/controls/examples')

/** A program as text. */
export interface SingleFile {
  readonly code: string
  readonly metafile: Metafile
}

/** Bundles a source, named relative to the root; `examples` says whether the manifests of `kubescape explain` are inside. */
export async function bundleSingleFile(
  entry: string,
  facts: BuildFacts,
  options: { readonly examples: boolean; readonly banner: string },
): Promise<SingleFile> {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, entry)],
    outfile: join(root, 'dist/single-file.mjs'),
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    minify: true,
    legalComments: 'none',
    metafile: true,
    banner: { js: options.banner },
    define: definitions(facts, './examples/'),
    plugins: [directBuiltins, fontsInside, ...(options.examples ? [inlineExamples] : [])],
    logLevel: 'warning',
  })
  return { code: outputFiles[0]?.text ?? '', metafile }
}

/** Puts the example manifests of controls in the place of the code that reads them from a folder. */
const inlineExamples: Plugin = {
  name: 'inline-examples',
  setup(context) {
    context.onLoad({ filter: /packages\/cli\/src\/examples\.ts$/ }, () => ({
      contents: `const all = ${JSON.stringify(readExamples())}; export const readExamples = (id) => all[id.toLowerCase()] ?? {}`,
      loader: 'js',
    }))
  },
}

/** By the id of the control in lower case, then by folder. */
function readExamples(): Record<string, Record<string, string>> {
  const examples: Record<string, Record<string, string>> = {}
  for (const path of globSync('{bad,good,inputs}/c-*.{yaml,json}', { cwd: EXAMPLES }).toSorted()) {
    const [folder = ''] = path.split('/')
    const id = basename(path).replace(/\.\w+$/, '')
    examples[id] = { ...examples[id], [folder]: readFileSync(join(EXAMPLES, path), 'utf8') }
  }
  return examples
}
