/** table: the fields that a kustomization file may have, with their types. */

/** What a field holds. A `struct` has the fields of its own and no others; a `map` has any keys. */
export type FieldType =
  | { readonly type: 'string' | 'bool' | 'int' | 'any' }
  | { readonly type: 'list' | 'map'; readonly of: FieldType }
  | { readonly type: 'struct'; readonly name: string; readonly fields: Readonly<Record<string, FieldType>> }

const STRING: FieldType = { type: 'string' }
const BOOL: FieldType = { type: 'bool' }
const ANY: FieldType = { type: 'any' }
const STRINGS = list(STRING)
const PAIRS = map(STRING)

function list(of: FieldType): FieldType {
  return { type: 'list', of }
}

function map(of: FieldType): FieldType {
  return { type: 'map', of }
}

function struct(name: string, fields: Readonly<Record<string, FieldType>>): FieldType {
  return { type: 'struct', name, fields }
}

function strings(...names: readonly string[]): Record<string, FieldType> {
  return Object.fromEntries(names.map((name) => [name, STRING]))
}

const KIND = strings('group', 'version', 'kind')
const ID = { ...KIND, ...strings('name', 'namespace') }
const SELECTOR = struct('Selector', { ...ID, ...strings('annotationSelector', 'labelSelector') })
const FIELD_SPEC = struct('FieldSpec', { ...KIND, path: STRING, create: BOOL })
const PATCH = struct('Patch', { ...strings('path', 'patch'), target: SELECTOR, options: map(BOOL) })
const FIELD_OPTIONS = struct('FieldOptions', {
  ...strings('delimiter', 'encoding'),
  index: { type: 'int' },
  create: BOOL,
})
const GENERATOR_OPTIONS = struct('GeneratorOptions', {
  labels: PAIRS,
  annotations: PAIRS,
  disableNameSuffixHash: BOOL,
  immutable: BOOL,
})
const GENERATOR = {
  ...strings('namespace', 'name', 'behavior', 'env'),
  literals: STRINGS,
  files: STRINGS,
  envs: STRINGS,
  options: GENERATOR_OPTIONS,
}
const HELM_CHART = struct('HelmChart', {
  ...strings('name', 'version', 'repo', 'releaseName', 'namespace', 'valuesFile', 'valuesMerge'),
  ...strings('kubeVersion', 'nameTemplate'),
  additionalValuesFiles: STRINGS,
  apiVersions: STRINGS,
  valuesInline: map(ANY),
  includeCRDs: BOOL,
  skipHooks: BOOL,
  skipTests: BOOL,
  debug: BOOL,
  devel: BOOL,
})
const OLD_HELM_CHART = struct('HelmChartArgs', {
  ...strings('chartName', 'chartVersion', 'chartRepoUrl', 'chartHome', 'helmBin', 'helmHome'),
  ...strings('values', 'valuesMerge', 'releaseName', 'releaseNamespace', 'chartRepoName'),
  valuesLocal: map(ANY),
  extraArgs: STRINGS,
})
const IMAGES = list(struct('Image', strings('name', 'newName', 'tagSuffix', 'newTag', 'digest')))

/** The fields of replacements, which stand in files of their own too. */
export const REPLACEMENT_FIELDS: Readonly<Record<string, FieldType>> = {
  source: struct('SourceSelector', { ...ID, fieldPath: STRING, options: FIELD_OPTIONS }),
  targets: list(
    struct('TargetSelector', {
      select: SELECTOR,
      reject: list(SELECTOR),
      fieldPaths: STRINGS,
      options: FIELD_OPTIONS,
    }),
  ),
  sourceValue: STRING,
}

/** A kustomization. */
export const KUSTOMIZATION_FIELDS = struct('Kustomization', {
  ...strings('apiVersion', 'kind', 'namePrefix', 'nameSuffix', 'namespace'),
  metadata: struct('ObjectMeta', { ...strings('name', 'namespace'), labels: PAIRS, annotations: PAIRS }),
  openapi: PAIRS,
  commonLabels: PAIRS,
  labels: list(
    struct('Label', { pairs: PAIRS, includeSelectors: BOOL, includeTemplates: BOOL, fields: list(FIELD_SPEC) }),
  ),
  commonAnnotations: PAIRS,
  patchesStrategicMerge: STRINGS,
  patchesJson6902: list(PATCH),
  patches: list(PATCH),
  images: IMAGES,
  imageTags: IMAGES,
  replacements: list(struct('ReplacementField', { ...REPLACEMENT_FIELDS, path: STRING })),
  replicas: list(struct('Replica', { name: STRING, count: { type: 'int' } })),
  vars: list(
    struct('Var', {
      name: STRING,
      objref: struct('Target', { ...ID, apiVersion: STRING }),
      fieldref: struct('FieldSelector', { fieldPath: STRING }),
    }),
  ),
  sortOptions: struct('SortOptions', {
    order: STRING,
    legacySortOptions: struct('LegacySortOptions', { orderFirst: STRINGS, orderLast: STRINGS }),
  }),
  resources: STRINGS,
  components: STRINGS,
  crds: STRINGS,
  bases: STRINGS,
  configMapGenerator: list(struct('ConfigMapArgs', GENERATOR)),
  secretGenerator: list(struct('SecretArgs', { ...GENERATOR, type: STRING })),
  helmGlobals: struct('HelmGlobals', strings('chartHome', 'configHome')),
  helmCharts: list(HELM_CHART),
  helmChartInflationGenerator: list(OLD_HELM_CHART),
  generatorOptions: GENERATOR_OPTIONS,
  configurations: STRINGS,
  generators: STRINGS,
  transformers: STRINGS,
  validators: STRINGS,
  buildMetadata: STRINGS,
})
