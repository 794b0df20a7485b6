/** Methods of `.Values`, `.Files` and `.Capabilities.APIVersions`, which Go has as maps and lists with types of their own. */
import { writeYaml } from '../encoding/yaml-writer.ts'
import { Dict, FunctionError, type GoFunction, List } from '@kubescape/go-template'
import { tableAt, valueAtPath } from '../values/tables.ts'
import { VersionSet } from './capabilities.ts'
import { Files } from './files.ts'

/** Go's name of the type of `.Values`, and of the dot itself. */
export const VALUES_TYPE = 'chartutil.Values'

/** The method of a map or list by its name; undefined when there is none. */
export function methodOf(holder: Dict | List, name: string): GoFunction | undefined {
  if (holder instanceof Files) return holder.method(name)
  if (holder instanceof VersionSet) return name === 'Has' ? holder.has : undefined
  return holder instanceof Dict && holder.type === VALUES_TYPE ? valuesMethod(holder, name) : undefined
}

function valuesMethod(values: Dict, name: string): GoFunction | undefined {
  switch (name) {
    case 'AsMap':
      return { parameters: [], call: () => new Dict(values.entries, undefined, values.origin) }
    case 'YAML':
      return { parameters: [], call: (_, context) => writeYaml(values, context) }
    case 'Table':
      return { parameters: ['string'], call: ([path]) => table(values, path as string) }
    case 'PathValue':
      return { parameters: ['string'], call: ([path]) => pathValue(values, path as string) }
    default:
      return undefined
  }
}

function table(values: Dict, path: string): Dict {
  const found = tableAt(values, path)
  if (typeof found === 'string') throw new FunctionError(found)
  return new Dict(found.entries, VALUES_TYPE, found.origin)
}

function pathValue(values: Dict, path: string) {
  const found = valueAtPath(values, path)
  if (found !== undefined) return found
  throw new FunctionError(`${JSON.stringify(path.slice(path.lastIndexOf('.') + 1))} is not a value`)
}
