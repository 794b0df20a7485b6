/** How Node's own modules get into the bundle. */
import { build } from 'esbuild'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directBuiltins, fontsInside } from './build.ts'
import { root } from './root.ts'

/** What a bundled program exports as `result`. */
async function resultOf(contents: string): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, loader: 'js', resolveDir: join(root, 'packages/formats') },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [directBuiltins, fontsInside],
  })
  const text = outputFiles[0]?.text ?? ''
  expect(text).not.toMatch(/\b(?:from|import)\s*["']/)
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { result: unknown }
  return loaded.result
}

test('a module that is imported gives its parts and itself', async () => {
  const program = `import path, { join } from 'node:path'; export const result = [join('a', 'b'), path.join === join]`
  expect(await resultOf(program)).toEqual(['a/b', true])
})

test('a module that is required is the module itself, which may be called', async () => {
  const program = `const assert = require('assert'); assert(true); export const result = typeof assert.strict`
  expect(await resultOf(program)).toBe('function')
})

test('pages find the measures of their fonts in the program itself', async () => {
  const program = `import PdfDocument from 'pdfkit'
    const page = new PdfDocument()
    export const result = ['Helvetica', 'Helvetica-Bold'].map((font) => page.font(font).widthOfString('Kubescape') > 0)`
  expect(await resultOf(program)).toEqual([true, true])
})
