/** The examples of controls about nodes, put on a machine and collected again: what is masked on the way changes no verdict. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

import { DEFAULT_INPUTS, LIBRARY } from '../packages/controls/src/index.ts'
import { asText, field, identityOf, matches, type ValueMap } from '../packages/resources/src/index.ts'
import { collectNodeFacts } from '../packages/sources/src/index.ts'
import { MockMachine } from '../packages/sources/src/nodes/mock-machine.ts'
import { root } from './kubescape.ts'

interface Example {
  readonly id: string
  readonly which: string
  readonly facts: ValueMap
}

/** Processes of facts, and the files whose content they carry. */
const PROGRAMS = [
  { program: 'kubelet', at: ['data'], files: { '--config': 'configFile' } },
  {
    program: 'kube-apiserver',
    at: ['data', 'APIServerInfo'],
    files: { '--encryption-provider-config': 'encryptionProviderConfigFile', '--audit-policy-file': 'auditPolicyFile' },
  },
] as const

const FOLDER = join(root, 'packages/controls/examples')
const EXAMPLES = ['good', 'bad'].flatMap((which) =>
  readdirSync(join(FOLDER, which)).flatMap((file): Example[] => {
    const text = readFileSync(join(FOLDER, which, file), 'utf8')
    if (!/^kind: (?:KubeletInfo|ControlPlaneInfo)$/m.test(text) || !/cmdLine|content/.test(text)) return []
    return [{ id: file.slice(0, 'C-0000'.length).toUpperCase(), which, facts: parse(text) as ValueMap }]
  }),
)

/** What the local checks of a control say of an object. */
function judge(id: string, object: ValueMap): unknown[] {
  const identity = identityOf(object)
  const { checks = [] } = LIBRARY.find((control) => control.id === id) ?? {}
  return checks.flatMap((check) => {
    if (identity === undefined || check.shape !== 'local' || !matches(check.match, identity)) return []
    return [check.judge({ identity, object }, DEFAULT_INPUTS)]
  })
}

/** The facts of a machine that is as an object of facts says. */
function collectedAgain(facts: ValueMap): ValueMap {
  const machine = new MockMachine()
  for (const { program, at, files } of PROGRAMS) {
    const line = asText(field(facts, ...at, 'cmdLine'))
    const words = (line ?? '').split(/\s+/).filter(Boolean)
    for (const [flag, member] of Object.entries(files)) {
      const content = asText(field(facts, ...at, member, 'content'))
      if (content === undefined) continue
      const text = Buffer.from(content, 'base64').toString()
      // Examples show what matters; a kubelet refuses a file that does not say its kind.
      const kind = member === 'configFile' && !text.includes('kind:') ? 'kind: KubeletConfiguration\n' : ''
      machine.write({ [member]: kind + text })
      const given = words.findIndex((word) => word.startsWith(flag))
      if (given >= 0) words[given] = `${flag}=/${member}`
      else words.push(`${flag}=/${member}`)
    }
    if (line === undefined && words.length === 0) continue
    machine.run([7], line === undefined ? [program, ...words] : words)
  }
  const { objects } = collectNodeFacts({ root: machine.root, nodeName: 'n' })
  machine.remove()
  return objects.find(({ kind }) => kind === facts['kind']) as unknown as ValueMap
}

test('there are examples of kubelets and control planes', () => {
  expect(EXAMPLES.length).toBeGreaterThan(30)
})

test.each(EXAMPLES.map((example) => [example.id, example.which, example.facts] as const))(
  '%s, the %s one',
  (id, _which, facts) => {
    const verdict = judge(id, facts)
    expect(verdict).not.toEqual([])
    expect(judge(id, collectedAgain(facts))).toEqual(verdict)
  },
)
