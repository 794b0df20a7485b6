import { identityOf, matches, type Value, type ValueMap } from '@kubescape/resources'
import { expect, test } from 'vitest'

import type { Outcome } from '../check.ts'
import { replacement, wrong } from '../finding.ts'
import { DEFAULT_INPUTS } from '../inputs.ts'
import kernelEscape from '../library/workload/c-0079-cve-2022-0185-linux-kernel-container-escape.ts'
import uniqueCa from '../library/control-plane/c-0159-a-unique-certificate-authority-is-used-for-etcd.ts'
import type { Check } from '../check.ts'
import type { Index, Projection, Row, Tables } from '../projection.ts'

/** Runs a joined check on objects; references are their places in the list. */
function join(check: Check | undefined, objects: readonly ValueMap[]): Outcome[] {
  if (check?.shape !== 'joined') throw new Error('no joined check')
  const rows = <Facts extends object>(projection: Projection<Facts>): Row<Facts>[] =>
    objects.flatMap((object, ref) => {
      const identity = identityOf(object)
      if (identity === undefined || !matches(projection.match, identity)) return []
      const facts = projection.take({ identity, object })
      return facts === undefined ? [] : [{ ...facts, ref, file: '' }]
    })
  const tables: Tables = {
    rows,
    find: <Facts extends object>(index: Index<Facts>, key: string) =>
      rows(index.projection).filter((row) => index.keys(row).includes(key)),
    once: (compute) => compute(tables),
  }
  return [...check.judge(tables, DEFAULT_INPUTS)]
}

const facts = (kind: string, data: Value): ValueMap => ({
  apiVersion: 'hostdata.kubescape.cloud/v1beta0',
  kind,
  metadata: { name: 'n' },
  data,
})
const pod = (command: Value, securityContext?: Value): ValueMap => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: { containers: [{ command, ...(securityContext === undefined ? {} : { securityContext }) }] },
})

const node = (kernelVersion: Value, operatingSystem: Value = 'linux'): ValueMap => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n' },
  status: { nodeInfo: { operatingSystem, kernelVersion } },
})
const open = facts('LinuxKernelVariables', [null, 'x', { key: 'unprivileged_userns_clone', value: '1\n' }])

test.each<[string, Value, boolean]>([
  ['an old kernel', '5.13.0-20-generic', true],
  ['a kernel of Ubuntu before its release', '5.15.0-18-generic', true],
  ['a kernel of Ubuntu that came out after the fix', '5.15.0-25-generic', false],
  ['a fixed patch level', '5.16.2-25-generic', false],
  ['a newer minor', '5.17.0-1-generic', false],
  ['another major', '6.1.0-1-generic', false],
  ['an old kernel of Azure', '5.4.0-1066-azure', true],
  ['a fixed kernel of Azure', '5.4.0-1067-azure', false],
  ['no build', '5.10.0', false],
  ['no text', ['5.10.0-1-generic'], false],
])('C-0079: %s (%s) fails: %s', (_what, kernel, fails) => {
  const [outcome, ...others] = join(kernelEscape.checks[0], [node(kernel), open])
  expect(others).toEqual([])
  expect(outcome?.findings).toEqual(fails ? [wrong('kernelVersion')] : undefined)
  expect(outcome?.subject).toMatchObject({ kind: 'Node', name: 'n', related: [1] })
})

test('C-0079: nodes without kernel variables, or of another system, are not tested', () => {
  expect(join(kernelEscape.checks[0], [node('5.13.0-20-generic')])).toEqual([])
  expect(join(kernelEscape.checks[0], [node('5.13.0-20-generic', 'windows'), open])).toEqual([])
})

test('C-0079: closed user namespaces pass', () => {
  const closed = facts('LinuxKernelVariables', [{ key: 'unprivileged_userns_clone', value: '0\n' }])
  expect(join(kernelEscape.checks[0], [node('5.15.0-25-generic'), closed])[0]?.findings).toBeUndefined()
  expect(
    join(kernelEscape.checks[0], [node('5.15.0-25-generic'), facts('LinuxKernelVariables', 'x')])[0]?.findings,
  ).toBeUndefined()
})

test('C-0159: etcd and API server fail where they trust the same CA, each with the other', () => {
  const fix = (index: number): object =>
    replacement(`spec.containers[0].command[${index}]`, '<path/to/different-tls-certificate-file.crt>')
  const objects = [
    pod(['etcd', '--trusted-ca-file=/ca']),
    pod(['kube-apiserver', '-v', '--client-ca-file=/ca']),
    pod(['kube-apiserver', '--client-ca-file=/other']),
    pod(['nginx']),
  ]
  expect(join(uniqueCa.checks[0], objects)).toEqual([
    { subject: 0, findings: [fix(1)], related: [{ ref: 1, findings: [fix(2)] }] },
    { subject: 1, findings: [fix(2)], related: [{ ref: 0, findings: [fix(1)] }] },
    { subject: 2 },
  ])
})

test('C-0159: flags that are missing or empty are not the same', () => {
  expect(join(uniqueCa.checks[0], [pod(['etcd']), pod(['kube-apiserver'])])).toEqual([{ subject: 0 }, { subject: 1 }])
  const empty = [pod(['etcd', '--trusted-ca-file=']), pod(['kube-apiserver', '--client-ca-file='])]
  expect(join(uniqueCa.checks[0], empty)).toEqual([{ subject: 0 }, { subject: 1 }])
})
