/** What templates see as their dot, for each chart of a rendering. */
import { Dict, List, type Value, sprint } from '@kubescape/go-template'
import { tableAt } from '../values/tables.ts'
import type { ChartNode, DeclaredDependency } from './chart-node.ts'
import { Files } from './files.ts'
import { printFields, Record } from './record.ts'
import type { Release } from './render-options.ts'
import { VALUES_TYPE } from './values-methods.ts'

/** A chart and what its templates see. */
export interface ChartScope {
  readonly node: ChartNode
  /** `Template` is set anew for each template. */
  readonly dot: Dict
}

/** What all charts of a rendering see alike. */
export interface SharedScope {
  readonly release: Release
  readonly capabilities: Value
}

/** The scopes of a chart and of all charts below it. `values` are those of the root, coalesced. */
export function scopesOf(root: ChartNode, values: Dict, { release, capabilities }: SharedScope): ChartScope[] {
  const shared: [string, Value][] = [
    ['Release', releaseDict(release)],
    ['Capabilities', capabilities],
  ]
  const scopes: ChartScope[] = []
  const visit = (node: ChartNode, section: Dict): Map<string, Value> => {
    const subcharts = new Map<string, Value>()
    const entries = new Map<string, Value>([
      ...shared,
      ['Chart', chartRecord(node)],
      ['Files', new Files(node.chart.files)],
      ['Values', new Dict(section.entries, VALUES_TYPE, section.origin)],
      ['Subcharts', new Dict(subcharts)],
    ])
    for (const child of node.dependencies) {
      const inner = tableAt(section, child.name)
      subcharts.set(child.name, new Dict(visit(child, typeof inner === 'string' ? new Dict() : inner)))
    }
    scopes.push({ node, dot: new Dict(entries, VALUES_TYPE) })
    return entries
  }
  visit(root, values)
  return scopes
}

function releaseDict({ name, namespace, isInstall, isUpgrade, revision }: Release): Dict {
  const entries: [string, Value][] = [
    ['Name', name],
    ['Namespace', namespace],
    ['IsUpgrade', isUpgrade],
    ['IsInstall', isInstall],
    ['Revision', BigInt(revision)],
    ['Service', 'Helm'],
  ]
  return new Dict(new Map(entries))
}

/** Names in JSON of the fields of `chart.Metadata`, and the one that Helm adds. */
const CHART_JSON = {
  Name: 'name',
  Home: 'home',
  Sources: 'sources',
  Version: 'version',
  Description: 'description',
  Keywords: 'keywords',
  Maintainers: 'maintainers',
  Icon: 'icon',
  APIVersion: 'apiVersion',
  Condition: 'condition',
  Tags: 'tags',
  AppVersion: 'appVersion',
  Deprecated: 'deprecated',
  Annotations: 'annotations',
  KubeVersion: 'kubeVersion',
  Dependencies: 'dependencies',
  Type: 'type',
  IsRoot: 'IsRoot',
}
const MAINTAINER_JSON = { Name: 'name', Email: 'email', URL: 'url' }
const DEPENDENCY_JSON = {
  Name: 'name',
  Version: 'version',
  Repository: 'repository',
  Condition: 'condition',
  Tags: 'tags',
  Enabled: 'enabled',
  ImportValues: 'import-values',
  Alias: 'alias',
}

function chartRecord(node: ChartNode): Record {
  const { metadata } = node
  return new Record(
    'struct { chart.Metadata; IsRoot bool }',
    {
      Name: node.name,
      Home: metadata.home,
      Sources: texts(metadata.sources),
      Version: metadata.version,
      Description: metadata.description,
      Keywords: texts(metadata.keywords),
      Maintainers: new List(
        metadata.maintainers.map(
          ({ name, email, url }) =>
            new Record('*chart.Maintainer', { Name: name, Email: email, URL: url }, { json: MAINTAINER_JSON }),
        ),
        '*chart.Maintainer',
      ),
      Icon: metadata.icon,
      APIVersion: metadata.apiVersion,
      Condition: metadata.condition,
      Tags: metadata.tags,
      AppVersion: metadata.appVersion,
      Deprecated: metadata.deprecated,
      Annotations: new Dict(new Map(metadata.annotations), 'map[string]string'),
      KubeVersion: metadata.kubeVersion,
      Dependencies: new List(node.declared.map(dependencyRecord), '*chart.Dependency'),
      Type: metadata.type,
      IsRoot: node.parent === undefined,
    },
    { json: CHART_JSON, text: printChart },
  )
}

/** The description is a struct within the struct. */
function printChart(fields: ReadonlyMap<string, Value>): string {
  const values = [...fields.values()]
  return `{${printFields(values.slice(0, -1))} ${sprint(values.at(-1))}}`
}

function dependencyRecord({ name, enabled, dependency }: DeclaredDependency): Record {
  const { version, repository, condition, tags, importValues, alias } = dependency
  return new Record(
    '*chart.Dependency',
    {
      Name: name,
      Version: version,
      Repository: repository,
      Condition: condition,
      Tags: texts(tags),
      Enabled: enabled,
      ImportValues: new List(
        importValues.map((wanted) => {
          const { child, parent } = typeof wanted === 'string' ? { child: `exports.${wanted}`, parent: '.' } : wanted
          return new Dict(new Map(Object.entries({ child, parent })), 'map[string]string')
        }),
      ),
      Alias: alias,
    },
    { json: DEPENDENCY_JSON },
  )
}

function texts(items: readonly string[]): List {
  return new List([...items], 'string')
}
