/** Findings in what a chart renders: places in its template, the values to change, several sets of values. */
import { expect, test } from 'vitest'

import { contextOf, sample } from '../testing/reports.ts'
import { TEMPLATE } from '../testing/chart-source.ts'
import { FORMATS } from './index.ts'
import { SourceLines } from './source-lines.ts'

async function textOf(name: string, rest: Parameters<typeof contextOf>[1] = {}): Promise<string> {
  const one = await sample('chart')
  const render = await FORMATS.find((format) => format.name === name)!.load()
  return [...render(one.report, contextOf(one, rest))].join('')
}

test('a finding is at the line of the template, and names the value', async () => {
  const { report, originals } = await sample('chart')
  const { evidence } = contextOf({ name: 'chart', report, originals, texts: {} })
  const [verdict] = report.byControl(report.controls.find(({ control }) => control.id === 'C-0057')!)
  const [finding] = verdict!.rules.flatMap(({ findings }) => findings)
  const place = evidence.place(verdict!.ref, finding!)
  expect(place).toMatchObject({ file: 'web/templates/pod.yaml', line: 12, exact: true, present: true })
  expect(place.values).toEqual([{ path: '.Values.privileged', use: 'change', file: 'web/values.yaml', line: 7 }])
  expect(TEMPLATE.split('\n')[place.line - 1]).toContain('privileged')
  expect(evidence.edit(verdict!.ref, finding!)).toBeUndefined()
})

test('lines are those of the template, without the secrets that it writes itself', async () => {
  const one = await sample('chart')
  const lines = new SourceLines(one.report, contextOf(one).evidence)
  expect(lines.start(0)).toBe(2)
  expect(lines.line(0, 'web/templates/pod.yaml', 12)).toBe('        privileged: {{ .Values.privileged }}')
  expect(lines.line(0, 'web/templates/pod.yaml', 15)).toBe('          value: XXXXXX')
  expect(lines.line(0, 'web/templates/pod.yaml', 17)).toBe('          value: {{ .Values.password | default "XXXXXX" }}')
  expect(lines.line(0, 'web/elsewhere.yaml', 1)).toBeUndefined()
})

test('no format tells a secret of a template', async () => {
  for (const { name } of FORMATS) {
    const text = await textOf(name, { verbose: true, view: 'resource', formatVersion: 'v3' })
    expect(text, name).not.toContain('hunter2')
  }
})

test('every set of values is a resource of its own, by its name', async () => {
  const { report } = await sample('chart')
  expect(new Set(report.subjects.map(({ id }) => id)).size).toBe(report.subjects.length)
  const text = await textOf('pretty-printer', { view: 'resource' })
  expect(text).toContain('Pod shop/web (values dev)')
  expect(text).toContain('Pod shop/web (values prod)')
  expect(text).toContain('web/templates/pod.yaml:12:9')
  expect(text).toContain('change .Values.privileged (web/values.yaml:7)')
  expect(text).toContain('written by web/templates/_helpers.tpl:3')
})

test.each([
  ['sarif', 'change .Values.privileged (web/values.yaml:7)'],
  ['sarif', '"uri":"charts/web/templates/pod.yaml"'],
  [
    'sarif',
    '"physicalLocation":{"artifactLocation":{"uri":"charts/web/values.yaml","uriBaseId":"SRCROOT"},"region":{"startLine":7,"startColumn":1}}',
  ],
  ['junit', 'sourcePath: web/templates/pod.yaml:12; change .Values.privileged (web/values.yaml:7)'],
  ['github-annotations', 'change .Values.privileged (web/values.yaml:7)'],
  ['gitlab-sast', 'Pod web in namespace shop with values prod'],
  ['csv', 'web/templates/pod.yaml (values prod)'],
  ['ndjson', '"values":[{"path":".Values.privileged","use":"change","file":"web/values.yaml","line":7}]'],
  ['json', '"helmTemplateFile":"templates/pod.yaml","helmTemplateLine":2,"helmValuesPaths":['],
  ['json', '"values":[{"path":".Values.privileged","use":"change","file":"web/values.yaml","line":7}]'],
  ['html', 'change .Values.privileged (web/values.yaml:7)'],
  ['markdown', '.Values.privileged'],
])('%s says %s', async (name, wanted) => {
  expect(await textOf(name)).toContain(wanted)
})
