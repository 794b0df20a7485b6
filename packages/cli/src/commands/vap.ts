/** `kubescape vap`: admission policies for a cluster, printed or written, never applied. */
import { deployLibrary, policyBinding } from '@kubescape/policies'
import { makeInputs } from '@kubescape/scanner'

import { readControlsConfig } from '../controls-config.ts'
import { Failure } from '../failure.ts'
import { openFile } from '../output.ts'
import { print, writeAll } from '../print.ts'
import { Log, visible } from '../terminal.ts'
import { list, text, type Typed } from '../typed.ts'

/**
 * Gives the library: the type of its parameters, an object of them, and the policies.
 * @throws {Failure} for control inputs that cannot be read, and a file that cannot be written
 */
export function runDeployLibrary(typed: Typed): void {
  deliver(deployLibrary({ inputs: makeInputs(readControlsConfig(text(typed, 'controlsConfig'))) }), typed)
}

/**
 * Gives a binding, which puts a policy into effect.
 * @throws {Failure} for what cannot be bound
 */
export function runCreateBinding(typed: Typed): void {
  const [name, policy, control, parameterReference] = ['name', 'policy', 'control', 'parameterReference'].map((each) =>
    text(typed, each),
  )
  const result = policyBinding({
    name: name ?? '',
    ...(policy === undefined ? {} : { policy }),
    ...(control === undefined ? {} : { control }),
    ...(parameterReference === undefined ? {} : { parameterReference }),
    namespaces: list(typed, 'namespace'),
    labels: list(typed, 'label'),
    actions: list(typed, 'action'),
    resourceRules: list(typed, 'resourceRule'),
  })
  if ('problem' in result) {
    throw new Failure(result.problem, 'kubescape vap create-policy-binding --help shows what there is.')
  }
  const log = new Log('info')
  for (const warning of result.warnings) log.write('warning', visible(warning))
  deliver(result.yaml, typed)
}

function deliver(yaml: string, typed: Typed): void {
  const file = text(typed, 'output')
  if (file === undefined) print(yaml)
  else writeAll(openFile(file), yaml)
}
