/** Control inputs as settings of policies: `params.settings.cpuLimitMax` is the input `cpu_limit_max`. */
import { DEFAULT_INPUTS, type ControlInputs, type InputName } from '@kubescape/controls'

import type { PolicyExpressions } from './policy-source.ts'
import type { Value } from '../values/value.ts'

/** The kind of the objects that hold settings. */
export const CONFIGURATION_KIND = 'ControlConfiguration'
/** The API version of these objects. */
export const CONFIGURATION_VERSION = 'kubescape.io/v1'

/** Names of inputs by the names that they have as settings. */
const INPUT_BY_SETTING: ReadonlyMap<string, InputName> = new Map(
  (Object.keys(DEFAULT_INPUTS) as InputName[]).map((name) => [settingName(name), name]),
)

/** `cpu_limit_max` as `cpuLimitMax`. */
export function settingName(input: InputName): string {
  return input.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The inputs that expressions refer to as settings. */
export function inputsIn({ conditions, variables, validations }: PolicyExpressions): readonly InputName[] {
  const texts = [
    ...[...conditions, ...variables, ...validations].map(({ expression }) => expression),
    ...validations.map(({ messageExpression = '' }) => messageExpression),
  ]
  const names = texts.flatMap((text) =>
    [...text.matchAll(/\bsettings\s*\.\s*\??\s*(\w+)/g)].map(([, name = '']) => name),
  )
  return [...new Set(names)].flatMap((name) => INPUT_BY_SETTING.get(name) ?? [])
}

/** The inputs as settings. Those without a value are left out; bounds of resources are one value, the others lists. */
export function settingsOf(inputs: ControlInputs): { readonly [setting: string]: Value } {
  const settings: [string, Value][] = []
  for (const [setting, name] of INPUT_BY_SETTING) {
    const values = inputs[name]
    const isBound = /^(?:sandbox_)?(?:cpu|memory)_/.test(name)
    if (isBound && values[0] !== undefined) settings.push([setting, values[0]])
    else if (name.startsWith('max_')) settings.push([setting, values.map(Number).filter(Number.isFinite)])
    else if (!isBound) settings.push([setting, values])
  }
  if (inputs.cloudProvider !== undefined) settings.push(['cloudProvider', inputs.cloudProvider])
  return Object.fromEntries(settings)
}
