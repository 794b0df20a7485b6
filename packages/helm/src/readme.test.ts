/** The example of the README, as it stands there. */
import { expect, test } from 'vitest'

import { loadChart, manifestOf, renderChart } from './index.ts'

const text = (lines: string): Uint8Array => new TextEncoder().encode(lines)

test('the example of the README does what it says', () => {
  const { chart } = loadChart(
    new Map([
      ['Chart.yaml', text('apiVersion: v2\nname: web\nversion: 1.0.0\n')],
      ['values.yaml', text('image:\n  tag: "1.27"\n')],
      [
        'templates/pod.yaml',
        text('kind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  image: nginx:{{ .Values.image.tag }}\n'),
      ],
    ]),
  )
  if (chart === undefined) throw new Error('no chart')
  const { rendering } = renderChart(chart, {
    values: [{ name: 'prod.yaml', text: 'image: { tag: "1.28" }' }],
    sets: [{ kind: 'set', text: 'replicas=3' }],
    release: { name: 'shop' },
    kubeVersion: '1.35.0',
    sourceMap: true,
  })
  if (rendering === undefined) throw new Error('no rendering')
  const [pod] = rendering.templates
  expect(pod?.text).toContain('name: shop')
  const at = pod?.text.indexOf('1.28') ?? 0
  const place = pod?.map?.range(at, at + 4)
  expect(place?.position).toMatchObject({ template: 'web/templates/pod.yaml', line: 5 })
  expect(place?.values[0]?.entry).toEqual({ layer: { kind: 'file', name: 'prod.yaml' }, path: ['image', 'tag'] })
  expect(manifestOf(rendering).text).toContain('# Source: web/templates/pod.yaml')
})
