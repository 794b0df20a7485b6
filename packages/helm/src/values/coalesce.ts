/** Values over the defaults of a chart and of the charts below it: package chartutil of Helm. */
import { Dict, type Value, isNil, plain, sprintf } from '@kubescape/go-template'
import { quote } from '@kubescape/go'
import { copyOfDict } from './tables.ts'

/** A chart, as far as its values are concerned. */
export interface ChartWithValues {
  readonly name: string
  readonly metadata: { readonly name: string }
  readonly dependencies: readonly ChartWithValues[]
  /** A copy of its default values. */
  defaults(work: ValuesWork): Dict
}

/** What laying values over each other needs of the rendering. */
export interface ValuesWork {
  /** Takes what Helm says about values that are left out. */
  readonly warn: (warning: string) => void
  /**
   * Counts entries that are gone through.
   * @throws {LimitError} when the rendering has had its share
   */
  readonly spend: (entries: number) => void
}

/** Values cannot be laid over each other; the message is Helm's. */
export class ValuesMismatch extends Error {}

const GLOBAL = 'global'

/**
 * The values that a chart is rendered with: `values` over its defaults, and the same for each chart below it, which gets its
 * section and what is global.
 * @param keepNulls a null stays; otherwise it takes the default away and goes
 * @throws {ValuesMismatch} when the section of a chart below is no map
 */
export function coalesceValues(chart: ChartWithValues, values: Dict, work: ValuesWork, keepNulls = false): Dict {
  return coalesce(chart, copyOfDict(values, work.spend), '', keepNulls, work)
}

/** Lays `over` on `under`: `over` changes and wins. */
export function coalesceTables(over: Dict, under: Dict, work: ValuesWork, keepNulls = false): Dict {
  return layTable(over, under, '', keepNulls, work)
}

function coalesce(chart: ChartWithValues, values: Dict, prefix: string, keepNulls: boolean, work: ValuesWork): Dict {
  layDefaults(chart, values, prefix, keepNulls, work)
  const below = joined(prefix, chart.metadata.name)
  for (const child of chart.dependencies) {
    const present = values.get(child.name)
    if (!(present instanceof Dict) && values.entries.has(child.name)) {
      throw new ValuesMismatch(`type mismatch on ${child.name}: ${sprintf('%t', [plain(present) ?? null])}`)
    }
    const section = present instanceof Dict ? present : new Dict()
    values.entries.set(child.name, section)
    passGlobals(section, values, below, work)
    coalesce(child, section, below, keepNulls, work)
  }
  return values
}

/** Globals of the parent over those of the child. */
function passGlobals(child: Dict, parent: Dict, prefix: string, work: ValuesWork): void {
  const own = child.entries.has(GLOBAL) ? child.get(GLOBAL) : new Dict()
  if (!(own instanceof Dict))
    return work.warn(`warning: skipping globals because destination ${GLOBAL} is not a table.`)
  const given = parent.entries.has(GLOBAL) ? parent.get(GLOBAL) : new Dict()
  if (!(given instanceof Dict)) return work.warn(`warning: skipping globals because source ${GLOBAL} is not a table.`)
  work.spend(given.entries.size)
  for (const [key, value] of given.entries) {
    const present = own.get(key)
    if (value instanceof Dict) {
      const table = new Dict(new Map(value.entries), value.type, value.origin)
      if (!own.entries.has(key)) own.entries.set(key, table)
      else if (present instanceof Dict) own.entries.set(key, layTable(table, present, joined(prefix, key), true, work))
      else work.warn(`Conflict: cannot merge map onto non-map for ${quote(key)}. Skipping.`)
    } else if (present instanceof Dict) work.warn(`key ${key} is table. Skipping`)
    else own.entries.set(key, value)
  }
  child.entries.set(GLOBAL, own)
}

function layDefaults(chart: ChartWithValues, values: Dict, prefix: string, keepNulls: boolean, work: ValuesWork): void {
  const path = joined(prefix, chart.metadata.name)
  for (const [key, value] of chart.defaults(work).entries) {
    if (!values.entries.has(key)) values.entries.set(key, value)
    else {
      const present = values.get(key)
      if (isNil(present) && !keepNulls) values.entries.delete(key)
      else if (present instanceof Dict) {
        if (value instanceof Dict) {
          const isSection = chart.dependencies.some(({ name }) => name === key)
          layTable(present, value, joined(path, key), keepNulls || isSection, work)
        } else if (!isNil(value)) work.warn(`warning: skipped value for ${path}.${key}: Not a table.`)
      }
    }
  }
}

function layTable(over: Dict, under: Dict, prefix: string, keepNulls: boolean, work: ValuesWork): Dict {
  work.spend(over.entries.size + under.entries.size)
  for (const [key, value] of over.entries) if (isNil(value)) under.entries.set(key, null)
  for (const [key, value] of under.entries) {
    const path = joined(prefix, key)
    const present = over.get(key)
    if (!over.entries.has(key)) over.entries.set(key, value)
    else if (!keepNulls && isNil(present)) over.entries.delete(key)
    else if (value instanceof Dict) {
      if (present instanceof Dict) layTable(present, value, path, keepNulls, work)
      else work.warn(`warning: cannot overwrite table with non table for ${path} (${shown(value)})`)
    } else if (present instanceof Dict && !isNil(value)) {
      work.warn(`warning: destination for ${path} is a table. Ignoring non-table value (${shown(value)})`)
    }
  }
  return over
}

function joined(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`
}

function shown(value: Value): string {
  return sprintf('%v', [value])
}
