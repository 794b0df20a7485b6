/** Comparing with reports of others: broken, hostile, or made by another program. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { kubescape } from './kubescape.ts'

// oxlint-disable-next-line no-control-regex -- this is the character to look for
const UNSAFE = /\u001B|\u202E/

const base = {
  folder: writeFiles(temporaryFolder(), { 'pod.yaml': podYaml('plain', 'securityContext:', '  privileged: true') }),
  report: '',
}
base.report = join(base.folder, 'report.json')
kubescape(['scan', 'pod.yaml', '--format', 'json', '--output', base.report], { cwd: base.folder })

describe('what is no report', () => {
  const folder = temporaryFolder()
  const report = readFileSync(base.report, 'utf8')
  const parsed = JSON.parse(report) as Record<string, unknown>
  writeFiles(folder, {
    'empty.json': '',
    'cut.json': report.slice(0, report.length / 2),
    'list.json': '[]',
    'null.json': 'null',
    'deep.json': '['.repeat(100_000) + ']'.repeat(100_000),
    'other.json': '{"a":1}',
    'no-results.json': JSON.stringify({ ...parsed, results: [] }),
    'no-resources.json': JSON.stringify({ ...parsed, resources: undefined }),
    'encrypted.json': JSON.stringify({ ...parsed, metadata: { encryptionMetadata: { encryptedDEK: 'ENC[x]' } } }),
    'future.json': '{"kind":"KubescapeBaseline","formatVersion":2}',
    'half.json': '{"kind":"KubescapeBaseline","formatVersion":1,"controls":{}}',
    'binary.json': Uint8Array.from([0xff, 0xfe, 0xfd, 0, 1]),
  })
  const refused: readonly (readonly [string, RegExp])[] = [
    ['missing.json', /cannot be read/],
    ['.', /cannot be read/],
    ['empty.json', /is no JSON, or not all of it/],
    ['cut.json', /is no JSON, or not all of it/],
    ['list.json', /it is no report/],
    ['null.json', /it is no report/],
    ['deep.json', /it is no report/],
    ['other.json', /it is no report/],
    ['no-results.json', /it is not whole: it lists no resource that failed C-\d{4}/],
    ['no-resources.json', /it is no report/],
    ['encrypted.json', /it is encrypted/],
    ['future.json', /a baseline of version 2, and this kubescape knows 1/],
    ['half.json', /it is no whole baseline/],
    ['binary.json', /binary\.json/],
  ]

  test.each(refused)('%s is refused by diff on either side, and by scan before it begins', (name, message) => {
    const runs = [
      kubescape(['diff', name, base.report], { cwd: folder }),
      kubescape(['diff', base.report, name], { cwd: folder }),
      kubescape(['scan', base.folder, '--baseline', name], { cwd: folder }),
    ]
    for (const { code, stdout, stderr } of runs) {
      const [first = '', hint = '', ...rest] = stderr.split('\n')
      expect({ code, stdout, rest }).toEqual({ code: 1, stdout: '', rest: [''] })
      expect(first).toMatch(message)
      expect(hint).not.toBe('')
    }
  })

  test('names from strangers stay harmless', () => {
    const evil = {
      ...parsed,
      resources: [],
      results: [
        {
          controlID: 'C-0057',
          resources: [
            { resourceID: 'a/v1/n/K/\u001B[2J|<b>', status: 'failed', findings: [{ path: '__proto__.x\u202E`|' }] },
          ],
        },
      ],
    }
    const controls = { 'C-0057': { name: 'x|<script>', status: 'failed', severity: 'High' }, __proto__: 1 }
    writeFiles(folder, { 'evil.json': JSON.stringify({ ...evil, summaryDetails: { controls } }) })
    for (const format of ['pretty-printer', 'markdown']) {
      const { code, stdout } = kubescape(['diff', base.report, 'evil.json', '--format', format], { cwd: folder })
      expect(code).toBe(0)
      expect(stdout).not.toMatch(format === 'markdown' ? /<script>|\u202E/ : UNSAFE)
      expect(stdout).toContain('C-0057'.replace('-', format === 'markdown' ? '&#45;' : '-'))
    }
  })
})

describe('a report of layout v2 by another program', () => {
  const folder = temporaryFolder()
  const id = (file: number, name: string): string => `path=${file}/api=apps/v1/shop/Deployment/${name}`
  const deployment = (name: string): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: { template: { spec: { containers: [{ name: 'a' }, { name: 'b' }] } } },
  })
  const path = (resourceID: string, at: number): object => ({
    resourceID,
    failedPath: `spec.template.spec.containers[${at}].securityContext.privileged`,
    fixPath: { path: '', value: '' },
    fixCommand: '',
  })
  const report = (file: number, status: object, paths: readonly number[]): string => {
    const resourceID = id(file, 'cart')
    const rules = [
      { name: 'rule-privileged', status: 'failed', paths: paths.map((at) => path(resourceID, at)), exception: [] },
    ]
    return JSON.stringify({
      generationTime: '2026-11-22T10:00:00Z',
      clusterName: 'whatever',
      summaryDetails: {
        controls: {
          'C-0057': { controlID: 'C-0057', name: 'Privileged container', status: 'failed', scoreFactor: 8 },
        },
        status: 'failed',
      },
      resources: [{ resourceID, object: deployment('cart'), source: { relativePath: `${file}.yaml` } }],
      results: [{ resourceID, controls: [{ controlID: 'C-0057', status, rules }] }],
      metadata: { scanMetadata: { targetType: 'framework', targetNames: ['NSA'], scanningTarget: 4 } },
    })
  }
  const failed = { status: 'failed', subStatus: '', info: '' }
  writeFiles(folder, {
    'one.json': report(1, failed, [0]),
    'moved.json': report(2, failed, [0]),
    'both.json': report(1, failed, [0, 1]),
    'accepted.json': report(1, { status: 'passed', subStatus: 'w/exceptions' }, [0]),
    'skipped.json': report(1, { status: 'skipped', subStatus: 'requires review' }, []),
    'strange.json': report(1, { status: 'fine' }, []),
  })

  test.each([
    ['one.json', 'moved.json', { new: 0, resolved: 0, unchanged: 1, incomparable: 0 }],
    ['one.json', 'both.json', { new: 1, resolved: 0, unchanged: 1, incomparable: 0 }],
    ['both.json', 'one.json', { new: 0, resolved: 1, unchanged: 1, incomparable: 0 }],
    ['one.json', 'accepted.json', { new: 0, resolved: 1, unchanged: 0, incomparable: 0 }],
    ['accepted.json', 'one.json', { new: 1, resolved: 0, unchanged: 0, incomparable: 0 }],
    ['accepted.json', 'accepted.json', { new: 0, resolved: 0, unchanged: 0, incomparable: 0 }],
    ['one.json', 'skipped.json', { new: 0, resolved: 0, unchanged: 0, incomparable: 1 }],
    ['skipped.json', 'one.json', { new: 0, resolved: 0, unchanged: 0, incomparable: 1 }],
    ['one.json', 'strange.json', { new: 0, resolved: 0, unchanged: 0, incomparable: 1 }],
  ])('%s and %s', (before, after, summary) => {
    const { code, stdout, stderr } = kubescape(['diff', before, after, '--format', 'json'], { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const comparison = JSON.parse(stdout) as { summary: object; resolved: { headStatus: string; reason: string }[] }
    expect(comparison.summary).toEqual(summary)
    if (after === 'accepted.json' && before !== after)
      expect(comparison.resolved[0]).toMatchObject({ headStatus: 'excluded', reason: 'accepted by an exception' })
  })
})
