/** Which fields an expression that is false found wanting. */
import { expect, test } from 'vitest'

import { findingsOf } from './admission/findings.ts'
import { PolicyCompiler } from './compile.ts'
import { explainFalse } from './explain.ts'

const POD = {
  kind: 'Pod',
  metadata: { name: 'web', labels: { 'a.b/c': 'x', app: 'web' } },
  spec: {
    hostPID: true,
    priority: 5,
    containers: [
      { name: 'good', securityContext: { privileged: false } },
      { name: 'bad', image: 'a:latest', securityContext: { privileged: true, runAsUser: 0 }, command: ['sh', 'sudo'] },
      { name: 'bare' },
    ],
    initContainers: [{ name: 'init', image: 'b:latest' }],
  },
}

/** Findings as `role path` and `=value` where one is wanted. */
function faultsOf(text: string, variables: Readonly<Record<string, string>> = {}): readonly string[] {
  const compiler = new PolicyCompiler(['object', 'params'])
  for (const [name, expression] of Object.entries(variables)) compiler.define(name, expression)
  const compiled = compiler.compile(text)
  if ('problem' in compiled) throw compiled.problem
  const run = compiler.begin({ object: POD, params: { names: ['x', 'y'] } })
  expect(run.evaluate(compiled.node.evaluate)).toBe(false)
  return findingsOf(explainFalse(compiled.node, run, compiler.slotOf('object'))).map(({ role, path, fix }) =>
    fix === undefined
      ? `${role} ${path}`
      : `${role} ${path} ${fix.action}${fix.action === 'set' ? ` ${fix.value}` : ''}`,
  )
}

test.each([
  ['object.spec.hostPID == false', ['failed spec.hostPID set false']],
  ['!object.spec.hostPID', ['failed spec.hostPID set false']],
  ['object.spec.hostPID != true', ['failed spec.hostPID set false']],
  ['object.spec.priority == 7', ['failed spec.priority set 7']],
  ['object.spec.priority != 5', ['failed spec.priority']],
  ['object.spec.priority > 7', ['failed spec.priority']],
  ['!has(object.spec.hostPID)', ['failed spec.hostPID remove']],
  ['has(object.spec.hostIPC)', ['missing spec.hostIPC set YOUR_VALUE']],
  ['object.spec.?hostIPC.orValue(true) == false', ['missing spec.hostIPC set false']],
  ['object.spec.?hostIPC.or(object.spec.?hostPID).orValue(false) == false', ['failed spec.hostPID set false']],
  ['!has(object.spec.hostPID) || object.spec.hostPID == false', ['failed spec.hostPID set false']],
  ['has(object.spec.hostPID) && object.spec.hostPID == false', ['failed spec.hostPID set false']],
  ['has(object.spec.hostIPC) && object.spec.hostIPC == false', ['missing spec.hostIPC set YOUR_VALUE']],
  ['object.kind == "Pod" && object.spec.priority > 7', ['failed spec.priority']],
  ['object.kind == "Pod" ? object.spec.priority > 7 : true', ['failed spec.priority']],
  ['object.spec.hostPID ? false : true', ['failed spec.hostPID set false']],
  ['object.spec.priority in [1, 2]', ['failed spec.priority']],
  ['object.metadata.labels["a.b/c"] == "y"', ['failed metadata.labels[a.b/c] set y']],
  ['object.metadata.?labels[?"team"].hasValue()', ['missing metadata.labels.team set YOUR_VALUE']],
  ['object.metadata.labels.exists(label, label == "team")', ['failed metadata.labels']],
  ['object.metadata.labels.all(label, label != "app")', ['failed metadata.labels.app']],
  ['object.metadata.labels.all(label, value, value != "web")', ['failed metadata.labels.app']],
  ['false', []],
])('%s: %j', (text, faults) => {
  expect(faultsOf(text)).toEqual(faults)
})

const BAD = 'container.?securityContext.?privileged.orValue(false) == true'

test.each([
  [`object.spec.containers.all(container, !(${BAD}))`],
  [`!object.spec.containers.exists(container, ${BAD})`],
  [`object.spec.containers.all(index, container, !(${BAD}))`],
  [`cel.bind(list, object.spec.containers, list.all(container, !(${BAD})))`],
])('%s is about an item of a list', (text) => {
  expect(faultsOf(text)).toEqual(['failed spec.containers[1].securityContext.privileged set false'])
})

test('items are found in lists that were computed', () => {
  const variables = {
    spec: 'dyn(object).?spec.orValue({})',
    containers: 'variables.spec.?containers.orValue([]) + variables.spec.?initContainers.orValue([])',
  }
  expect(faultsOf('variables.containers.all(c, !c.?image.orValue("").endsWith(":latest"))', variables)).toEqual([
    'failed spec.containers[1].image',
    'failed spec.initContainers[0].image',
  ])
  expect(faultsOf('variables.containers.filter(c, has(c.command)).size() == 0', variables)).toEqual([
    'failed spec.containers[1]',
  ])
})

test('each item that is at fault is told, with the field within it', () => {
  expect(faultsOf('object.spec.containers.all(c, has(c.image))')).toEqual([
    'missing spec.containers[0].image set YOUR_VALUE',
    'missing spec.containers[2].image set YOUR_VALUE',
  ])
  expect(faultsOf('object.spec.containers.all(c, c.?command.orValue([]).all(word, word != "sudo"))')).toEqual([
    'failed spec.containers[1].command[1]',
  ])
})

test('what is compared with parameters is a field of the object', () => {
  expect(faultsOf('params.names.exists(name, name == object.metadata.name)')).toEqual(['failed metadata.name'])
  expect(faultsOf('object.metadata.name in params.names')).toEqual(['failed metadata.name'])
})
