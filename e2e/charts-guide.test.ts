/** The guides to charts and kustomizations: what they show is what is printed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kubescape, root } from './kubescape.ts'

/** Commands of a guide with the output that stands below them. */
function examplesOf(page: string): [command: string, output: string][] {
  const text = readFileSync(join(root, 'docs', page), 'utf8')
  return Array.from(
    text.matchAll(/^```console\n\$ kubescape (.*)\n([^]*?)^```$/gm),
    ([, command = '', output = '']) => [command, output],
  )
}

const examples = ['charts.md', 'kustomize.md'].flatMap(examplesOf)

test.each(examples)('kubescape %s', (command, output) => {
  const { stdout } = kubescape(command.split(' '), { cwd: root, env: { COLUMNS: '' } })
  expect(stdout).toBe(output)
})

test('every guide shows something', () => {
  expect(examples.length).toBe(2)
})
