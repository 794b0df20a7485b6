/** Formats through the built command: what it writes where, read by their consumers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse as parseCsv } from 'csv-parse/sync'
import { load } from 'js-yaml'
import { FORMATS } from '@kubescape/formats'
import { readJunit } from '../packages/formats/testing/validators/junit.ts'
import { readPdf } from '../packages/formats/testing/validators/pdf.ts'
import { readPolicyReports } from '../packages/formats/testing/validators/policyreport.ts'
import { readMetrics } from '../packages/formats/testing/validators/prometheus.ts'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, root } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'k8s/pod.yaml': podYaml('plain', 'securityContext: {privileged: true}'),
  'k8s/日本.yaml': podYaml('other'),
})

function scanned(...args: readonly string[]): string {
  const { code, stdout, stderr } = kubescape(['scan', 'framework', 'nsa', ...args], { cwd: folder })
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('error:')])
  return stdout
}

test('formats for files go to a file without being told, others to standard output', () => {
  for (const { name, extension, toFile } of FORMATS) {
    const stdout = scanned('k8s', '-f', name)
    expect([name, stdout === '']).toEqual([name, toFile === true])
    expect([name, existsSync(join(folder, `report${extension}`))]).toEqual([name, toFile === true])
  }
})

test('several formats share a name', () => {
  scanned('k8s', '-f', 'junit,markdown,prometheus,yaml,pdf', '-o', 'out/all')
  for (const extension of ['xml', 'md', 'txt', 'yaml', 'pdf']) {
    expect(existsSync(join(folder, `out/all.${extension}`))).toBe(true)
  }
})

test.each(['yaml,policyreport', 'pretty-printer,prometheus'])(
  'two formats with one extension are refused: %s',
  (both) => {
    const { code, stderr } = kubescape(['scan', 'k8s', '-f', both, '-o', 'same'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: [\w-]+ and [\w-]+ would both be written to same\.(?:yaml|txt)\n/)
  },
)

describe('what the command writes is what readers expect', () => {
  test('YAML is the JSON report', () => {
    const [json, yaml] = ['json', 'yaml'].map((format) => scanned('k8s', '-f', format))
    const timeless = (report: unknown): object => ({
      ...(report as object),
      generationTime: '',
      reportGUID: '',
      metadata: '',
    })
    expect(timeless(load(yaml ?? ''))).toEqual(timeless(JSON.parse(json ?? '')))
  })

  test('YAML has no audit of exceptions', () => {
    expect(scanned('k8s', '-f', 'yaml', '--audit-exceptions')).not.toContain('exceptionAudit')
  })

  test('JUnit, CSV, NDJSON, PolicyReport and Prometheus tell of the same failures', () => {
    const failed = 'Privileged container'
    const [suite] = readJunit(scanned('k8s', '-f', 'junit'))
    const [failure] = suite?.testcase?.find((each) => each['@_name'] === failed)?.failure ?? []
    expect(failure?.['#text']).toContain('name: plain; sourcePath: k8s/pod.yaml:9')
    const rows: Record<string, string>[] = parseCsv(scanned('k8s', '-f', 'csv'), { columns: true })
    expect(rows.filter((row) => row['Control ID'] === 'C-0057').map((row) => row['Source Path'])).toEqual([
      'k8s/pod.yaml',
    ])
    const lines = scanned('k8s', '-f', 'ndjson').trimEnd().split('\n')
    const findings = lines.map((line) => JSON.parse(line) as { controlID: string; file: string; line: number })
    expect(findings.filter(({ controlID }) => controlID === 'C-0057')).toMatchObject([
      { file: 'k8s/pod.yaml', line: 9 },
    ])
    const [report] = readPolicyReports(scanned('k8s', '-f', 'policyreport'))
    expect(report?.results.filter(({ policy, result }) => policy === 'C-0057' && result === 'fail')).toHaveLength(1)
    const series = readMetrics(scanned('k8s', '-f', 'prometheus'))
    const privileged = series.filter(({ labels }) => labels['control_id'] === 'C-0057')
    expect(privileged.find(({ name }) => name === 'kubescape_control_failed')?.value).toBe(1)
  })

  test('PDF has its fonts with it', () => {
    scanned('k8s', '-f', 'pdf', '-o', 'pages.pdf')
    const { pages, text } = readPdf(readFileSync(join(folder, 'pages.pdf')))
    expect(pages).toBeGreaterThan(0)
    expect(text).toContain('C-0057PrivilegedcontainerHigh1')
  })
})

test('the example of the documentation runs', () => {
  const text = kubescape(['scan', 'examples/shop', '-f', 'ndjson'], { cwd: root }).stdout
  expect(text.split('\n').length).toBeGreaterThan(50)
})
