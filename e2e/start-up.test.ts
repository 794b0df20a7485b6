import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { startKubescape } from './kubescape.ts'
import type { LoadedModules } from './loaded-modules.ts'
import { startReceiver } from './receiver.ts'

const folder = temporaryFolder()
writeFiles(folder, { 'pod.yaml': podYaml('plain') })

/** What a run has loaded: the texts of its own modules, and the names of those of Node.js. */
async function loaded(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ text: string; builtin: readonly string[] }> {
  const file = join(folder, 'loaded.json')
  const options = `--import=${join(import.meta.dirname, 'loaded-modules.ts')}`
  const neutral = {
    NODE_OPTIONS: options,
    LOADED_MODULES: file,
    OTEL_SDK_DISABLED: '',
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
    // Sources that are kept between starts are loaded by a hook that nobody sees behind.
    HOME: '',
    XDG_CACHE_HOME: '',
    NODE_COMPILE_CACHE: '',
  }
  const { code } = await startKubescape(args, { cwd: folder, env: { ...neutral, ...env } }).ended
  expect(code).toBe(0)
  const { own, builtin } = JSON.parse(readFileSync(file, 'utf8')) as LoadedModules
  const files = own.filter((url) => url.startsWith('file:')).map((url) => readFileSync(fileURLToPath(url), 'utf8'))
  return { text: files.join('\n'), builtin }
}

describe('a scan loads only what it needs', () => {
  const scan = ['scan', 'pod.yaml', '--format', 'json', '--output', join(folder, 'report')]

  test('not what submits, what makes telemetry, or anything that talks to servers', async () => {
    const { text, builtin } = await loaded(scan)
    expect(text).toContain('allcontrols')
    expect(text).not.toMatch(/resourceSpans|X-Kubescape-Report/)
    expect(text).not.toContain('exceptions/doubtful')
    expect(
      builtin.filter((name) => /^(?:tls|dns|zlib|child_process|https?|http2|_http_\w+|_tls_\w+)$/.test(name)),
    ).toEqual([])
  })

  test('not what renders charts, unless there is one', async () => {
    writeFiles(folder, {
      'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
      'chart/templates/pod.yaml': podYaml('{{ .Release.Name }}'),
    })
    const engine = /no template %q associated|missing in charts\/ directory/
    expect((await loaded(scan)).text).not.toMatch(engine)
    expect((await loaded(['scan', 'chart', ...scan.slice(2)])).text).toMatch(engine)
  })

  test('what was asked for', async () => {
    const receiver = await startReceiver(() => ({ status: 200 }))
    const { text, builtin } = await loaded([...scan, '--submit', '--server', receiver.url], {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: receiver.url,
    })
    expect(text).toMatch(/X-Kubescape-Report/)
    expect(text).toMatch(/resourceSpans/)
    expect(builtin).toContain('http')
  })
})
