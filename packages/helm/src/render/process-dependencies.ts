/** Which charts below a chart are rendered, and what it takes over of their values: Helm's dependency processing. */
import { Dict, plain } from '@kubescape/go-template'
import { coalesceTables, coalesceValues, type ValuesWork } from '../values/coalesce.ts'
import { copyOfDict, tableAt, tableAtPath, valueAtPath } from '../values/tables.ts'
import { parseConstraints, satisfies } from '../versions/constraint.ts'
import { parseVersion } from '../versions/version.ts'
import type { ChartNode, DeclaredDependency } from './chart-node.ts'

/**
 * Applies aliases, tags, conditions and imported values to the charts below `root`.
 * @throws {ValuesMismatch} when the section of a chart below is no map
 * @throws {LimitError} when there is too much of anything
 */
export function processDependencies(root: ChartNode, values: Dict, work: ValuesWork): void {
  enableDependencies(root, values, '', work)
  importValues(root, work)
}

/** Names of dependencies that are declared and not there. */
export function missingDependencies(node: ChartNode): string[] {
  const names = new Set(node.dependencies.map(({ name }) => name))
  return node.declared.filter(({ name }) => !names.has(name)).map(({ name }) => name)
}

/** Whether a version lies in a range; not when one of them cannot be understood. */
export function isInRange(range: string, version: string): boolean {
  const constraints = parseConstraints(range)
  const parsed = parseVersion(version)
  return 'constraints' in constraints && 'version' in parsed && satisfies(parsed.version, constraints.constraints)
}

function enableDependencies(node: ChartNode, values: Dict, path: string, work: ValuesWork): void {
  if (node.declared.length === 0) return
  const present = node.dependencies
  work.spend(present.length * node.declared.length)
  const undeclared = present.filter(
    (child) => !node.declared.some(({ dependency }) => isMeant(child, dependency.name, dependency.version)),
  )
  const wanted = node.declared.flatMap((declared): ChartNode[] => {
    const { name, version, alias } = declared.dependency
    const found = present.find((child) => isMeant(child, name, version))
    if (alias !== '') declared.name = alias
    return found === undefined ? [] : [found.named(alias === '' ? found.name : alias)]
  })
  node.adopt([...undeclared, ...wanted])
  for (const declared of node.declared) declared.enabled = true
  const merged = coalesceValues(node, values, work)
  applyTags(node.declared, merged, work)
  applyConditions(node.declared, merged, path, work)
  const removed = new Set(node.declared.filter(({ enabled }) => !enabled).map(({ name }) => name))
  const kept = node.dependencies.filter(({ name }) => !removed.has(name))
  for (const child of kept) enableDependencies(child, merged, `${path}${child.name}.`, work)
  node.declared = node.declared.filter(({ name }) => !removed.has(name))
  node.adopt(kept)
}

function isMeant(child: ChartNode, name: string, range: string): boolean {
  return child.name === name && isInRange(range, child.metadata.version)
}

/** A dependency is off when some of its tags are off and none is on. */
function applyTags(declared: readonly DeclaredDependency[], values: Dict, work: ValuesWork): void {
  const tags = values.get('tags')
  if (!(tags instanceof Dict)) return
  for (const item of declared) {
    const switches = item.dependency.tags.flatMap((tag): boolean[] => {
      if (!tags.entries.has(tag)) return []
      const value = plain(tags.get(tag))
      if (typeof value === 'boolean') return [value]
      work.warn(`Warning: Tag '${tag}' for chart ${item.name} returned non-bool value`)
      return []
    })
    item.enabled = switches.length === 0 || switches.includes(true)
  }
}

/** The first path that leads to a boolean decides, whatever the tags say. */
function applyConditions(declared: readonly DeclaredDependency[], values: Dict, path: string, work: ValuesWork): void {
  for (const item of declared) {
    for (const condition of item.dependency.condition.trim().split(',')) {
      if (condition === '') continue
      const found = valueAtPath(values, path + condition)
      if (found === undefined) continue
      const value = plain(found)
      if (typeof value === 'boolean') {
        item.enabled = value
        break
      }
      work.warn(`Warning: Condition path '${condition}' for chart ${item.name} returned non-bool value`)
    }
  }
}

/** Children first, so that what they import can be imported in turn. */
function importValues(node: ChartNode, work: ValuesWork): void {
  for (const child of node.dependencies) importValues(child, work)
  if (node.metadata.dependencies.length === 0) return
  const values = coalesceValues(node, new Dict(), work, true)
  let imported = new Dict()
  for (const { name, dependency } of node.declared) {
    for (const wanted of dependency.importValues) {
      const isExport = typeof wanted === 'string'
      const table = tableAt(values, `${name}.${isExport ? `exports.${wanted}` : wanted.child}`)
      if (typeof table === 'string') {
        work.warn(`Warning: ImportValues missing table${isExport ? '' : ` from chart ${name}`}: ${table}`)
      } else imported = coalesceTables(imported, isExport ? table : tableAtPath(wanted.parent, table), work, true)
    }
  }
  node.setDefaults(coalesceTables(copyOfDict(values, work.spend), imported, work, true))
}
