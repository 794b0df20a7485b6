import { describe, expect, test } from 'vitest'

import { chartOf, type Texts } from '../../testing/charts.ts'
import { manifestOf } from './manifest.ts'
import { renderChart } from './render-chart.ts'
import type { Rendering } from './render-options.ts'

function renderingOf(texts: Texts): Rendering {
  const { rendering, error } = renderChart(chartOf(texts))
  if (rendering === undefined) throw new Error(error.message)
  return rendering
}

describe('a manifest', () => {
  test('has documents in the order in which they are installed, hooks behind them', () => {
    const rendering = renderingOf({
      'templates/a.yaml': 'kind: Zebra\n---\nkind: Deployment\n---\nkind: Ant',
      'templates/b.yaml': 'kind: Namespace',
      'templates/c.yaml': 'kind: Job\nmetadata: {annotations: {helm.sh/hook: "pre-install, test"}}',
      'templates/d.yaml': 'kind: Job\nmetadata: {annotations: {helm.sh/hook: sometimes}}',
      'templates/NOTES.txt': 'hello',
      'templates/_e.yaml': 'kind: Pod',
      'templates/f.yaml': ' \n',
    })
    const { text, warnings } = manifestOf(rendering) as { text: string; warnings: string[] }
    expect(text.match(/^kind: \w+/gm)).toEqual([
      'kind: Namespace',
      'kind: Deployment',
      'kind: Ant',
      'kind: Zebra',
      'kind: Job',
    ])
    expect(text.startsWith('---\n# Source: web/templates/b.yaml\nkind: Namespace\n---\n')).toBe(true)
    expect(warnings).toEqual(['info: skipping unknown hook: "sometimes"'])
  })

  test('can begin with custom resource definitions', () => {
    const texts = { 'crds/a.yaml': 'kind: CustomResourceDefinition', 'templates/b.yaml': 'kind: Namespace' }
    const { text } = manifestOf(renderingOf(texts), { includeCrds: true })
    expect(text).toBe(
      '---\n# Source: web/crds/a.yaml\nkind: CustomResourceDefinition\n---\n# Source: web/templates/b.yaml\nkind: Namespace\n',
    )
    expect(manifestOf(renderingOf(texts)).text).not.toContain('CustomResourceDefinition')
  })

  test('tells which template wrote no YAML', () => {
    const { error } = manifestOf(renderingOf({ 'templates/a.yaml': 'a: b: c' }))
    expect(error).toMatchObject({
      stage: 'sort',
      message:
        'YAML parse error on web/templates/a.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
    })
  })
})
