/** table: what `.kubescape.yaml` may say, with the flag that each member stands for. Schema, reader and view come from here. */
import { FORMATS } from '@kubescape/formats'

import { SEVERITY_NAMES } from '../typed.ts'

/** Names of what: a framework, a control by id or name, or a control that may be named by its number as well. */
export type NameKind = 'framework' | 'control' | 'numbered control'

/** What a value is. Maps have texts as keys. */
type MemberType =
  | { readonly kind: 'text'; readonly values?: readonly string[]; readonly example?: string }
  | { readonly kind: 'number' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'list'; readonly values?: readonly string[]; readonly of?: NameKind }
  | { readonly kind: 'file' }
  | { readonly kind: 'files' }
  | { readonly kind: 'inputs' }
  | { readonly kind: 'codes' }
  | { readonly kind: 'scores'; readonly of: 'framework' | 'control' }

/** A member of the file. */
export interface Member {
  /** Its path in the file, such as `thresholds.compliance`. */
  readonly name: string
  /** The flag that wins over it, in camel case as it is read. */
  readonly option: string
  /** Other flags that win over it. */
  readonly also?: readonly string[]
  readonly type: MemberType
  readonly description: string
  /** What counts where nobody says anything; absent where that is nothing. */
  readonly default?: unknown
  /** Writes outside: only a file that is named on the command line may say it. */
  readonly onlyNamed?: true
}

/** Every member, in the order of documentation. */
export const MEMBERS: readonly Member[] = [
  {
    name: 'frameworks',
    option: 'frameworks',
    type: { kind: 'list', of: 'framework' },
    description: 'Frameworks that `scan` without a command of its own judges by, as `scan framework` does.',
  },
  {
    name: 'controls',
    option: 'controls',
    type: { kind: 'list', of: 'control' },
    description: 'Controls that `scan` judges by instead of frameworks, as `scan control` does: ids or names.',
  },
  {
    name: 'includeControls',
    option: 'includeControls',
    type: { kind: 'list', of: 'numbered control' },
    description: 'Run these controls only, of those asked for.',
  },
  {
    name: 'excludeControls',
    option: 'excludeControls',
    also: ['skipControls'],
    type: { kind: 'list', of: 'numbered control' },
    description: 'Leave these controls out.',
  },
  {
    name: 'inputs',
    option: 'inputs',
    also: ['controlsConfig'],
    type: { kind: 'inputs' },
    description: 'Control inputs: names with lists of texts, which replace the defaults.',
  },
  {
    name: 'customRules',
    option: 'customRules',
    type: { kind: 'files' },
    description: 'Controls of your own: files and folders of Rego and CEL.',
  },
  {
    name: 'useFrom',
    option: 'useFrom',
    also: ['useArtifactsFrom', 'useDefault', 'controlsVersion'],
    type: { kind: 'files' },
    description: 'Judge by the published frameworks and controls of these files.',
  },
  {
    name: 'policyLock',
    option: 'policyLock',
    type: { kind: 'file' },
    description: 'Fail unless the policies are those that this file names.',
  },
  {
    name: 'excludePaths',
    option: 'excludePath',
    type: { kind: 'list' },
    description: 'Leave files out, in the syntax of .gitignore.',
  },
  {
    name: 'ignoreFile',
    option: 'ignoreFile',
    type: { kind: 'switch' },
    default: true,
    description: 'Whether .kubescapeignore is read.',
  },
  {
    name: 'asCluster',
    option: 'asCluster',
    type: { kind: 'switch' },
    default: false,
    description: 'The files are a dump of a cluster.',
  },
  {
    name: 'includeNamespaces',
    option: 'includeNamespaces',
    type: { kind: 'list' },
    description: 'Judge these namespaces only.',
  },
  {
    name: 'excludeNamespaces',
    option: 'excludeNamespaces',
    type: { kind: 'list' },
    description: 'Do not judge these namespaces.',
  },
  {
    name: 'includeKinds',
    option: 'includeKinds',
    type: { kind: 'list' },
    description: 'Judge these kinds only.',
  },
  {
    name: 'excludeKinds',
    option: 'excludeKinds',
    type: { kind: 'list' },
    description: 'Do not judge these kinds.',
  },
  {
    name: 'labelSelector',
    option: 'labelSelector',
    type: { kind: 'text', example: 'app=web,tier!=test' },
    description: 'Judge only objects with these labels, in the syntax of kubectl -l.',
  },
  {
    name: 'helm.values',
    option: 'values',
    type: { kind: 'files' },
    description: 'Render charts with the values of these files.',
  },
  {
    name: 'helm.releaseName',
    option: 'releaseName',
    type: { kind: 'text' },
    description: 'Name of the release that charts are rendered for.',
  },
  {
    name: 'helm.releaseNamespace',
    option: 'releaseNamespace',
    type: { kind: 'text' },
    description: 'Namespace of the release that charts are rendered for.',
  },
  {
    name: 'helm.kubeVersion',
    option: 'kubeVersion',
    type: { kind: 'text', example: 'a version such as 1.35.0' },
    description: 'Version of Kubernetes that charts are rendered for.',
  },
  {
    name: 'thresholds.compliance',
    option: 'complianceThreshold',
    type: { kind: 'number' },
    description: 'Fail if the overall compliance score is below this.',
  },
  {
    name: 'thresholds.severity',
    option: 'severityThreshold',
    type: { kind: 'text', values: SEVERITY_NAMES },
    description: 'Fail if anything of this severity or worse failed.',
  },
  {
    name: 'thresholds.coverage',
    option: 'failCoverageBelow',
    type: { kind: 'number' },
    description: 'Fail if the coverage score is below this.',
  },
  {
    name: 'thresholds.frameworks',
    option: 'frameworkThresholds',
    type: { kind: 'scores', of: 'framework' },
    description: 'Fail if the compliance score of a framework is below this.',
  },
  {
    name: 'thresholds.controls',
    option: 'controlThresholds',
    type: { kind: 'scores', of: 'control' },
    description: 'Fail if the compliance score of a control is below this.',
  },
  {
    name: 'failOnDegradedConfig',
    option: 'failOnDegradedConfig',
    type: { kind: 'switch' },
    default: false,
    description: 'Fail if control inputs or exceptions could not be read, or came from a fallback.',
  },
  {
    name: 'exceptions',
    option: 'exceptions',
    type: { kind: 'files' },
    description: 'Accept what these files say.',
  },
  {
    name: 'auditExceptions',
    option: 'auditExceptions',
    type: { kind: 'switch' },
    default: false,
    description: 'Tell of every exception what it accepted.',
  },
  {
    name: 'honorInlineExceptions',
    option: 'honorInlineExceptions',
    type: { kind: 'switch' },
    description: 'Obey skip annotations and ignore comments of what is scanned.',
  },
  {
    name: 'baseline.file',
    option: 'baseline',
    type: { kind: 'file' },
    description: 'Compare with an earlier scan: its JSON report, or a baseline file.',
  },
  {
    name: 'baseline.failOnNew',
    option: 'baselineFailOnNew',
    type: { kind: 'switch' },
    description: 'Fail if there are failures that the baseline does not have.',
  },
  {
    name: 'baseline.severity',
    option: 'baselineSeverityThreshold',
    type: { kind: 'text', values: SEVERITY_NAMES },
    description: 'Of these, count this severity or worse.',
  },
  {
    name: 'baseline.granularity',
    option: 'baselineGranularity',
    type: { kind: 'text', values: ['evidence', 'control'] },
    description: 'What a failure is: every field at fault, or a resource.',
  },
  {
    name: 'exitCodes',
    option: 'exitCodeMap',
    type: { kind: 'codes' },
    description: 'Exit codes that tell failures apart: `default`, or a code for each of those that are named.',
  },
  {
    name: 'formats',
    option: 'format',
    type: { kind: 'list', values: FORMATS.map(({ name }) => name) },
    default: ['pretty-printer'],
    description: 'Output formats.',
  },
  {
    name: 'output',
    option: 'output',
    type: { kind: 'file' },
    description: 'Write the report to this file. Only in a file that --config names.',
    onlyNamed: true,
  },
  {
    name: 'formatVersion',
    option: 'formatVersion',
    type: { kind: 'text', values: ['v2', 'v3'] },
    default: 'v3',
    description: 'Layout of the JSON report.',
  },
  {
    name: 'view',
    option: 'view',
    type: { kind: 'text', values: ['security', 'control', 'resource'] },
    description: 'How to look at the result.',
  },
  {
    name: 'verbose',
    option: 'verbose',
    type: { kind: 'switch' },
    default: false,
    description: 'Also show passed controls, and every failing resource with its fields.',
  },
  {
    name: 'showEvidence',
    option: 'showEvidence',
    type: { kind: 'switch' },
    default: false,
    description: 'On the terminal: every failing resource with its fields and their values.',
  },
  {
    name: 'omitRawResources',
    option: 'omitRawResources',
    type: { kind: 'switch' },
    default: false,
    description: 'In JSON: leave out the objects.',
  },
  {
    name: 'labelsToCopy',
    option: 'labelsToCopy',
    type: { kind: 'list' },
    description: 'In JSON: these labels of every resource.',
  },
  {
    name: 'printAttackTree',
    option: 'printAttackTree',
    type: { kind: 'switch' },
    default: false,
    description: 'On the terminal: the attack paths of workloads.',
  },
  {
    name: 'explainScore',
    option: 'explainScore',
    type: { kind: 'switch' },
    default: false,
    description: 'Show how the scores come about.',
  },
  {
    name: 'minSeverity',
    option: 'minSeverity',
    type: { kind: 'text', values: SEVERITY_NAMES },
    description: 'Show controls of this severity or worse only; gates see all.',
  },
  {
    name: 'maxSeverity',
    option: 'maxSeverity',
    type: { kind: 'text', values: SEVERITY_NAMES },
    description: 'Show controls of this severity or less only; gates see all.',
  },
  {
    name: 'keepLocal',
    option: 'keepLocal',
    type: { kind: 'switch' },
    default: false,
    description: 'Send nothing at all, telemetry included.',
  },
  {
    name: 'offline',
    option: 'offline',
    type: { kind: 'switch' },
    default: false,
    description: 'Any use of a network is an error.',
  },
  {
    name: 'scanTimeout',
    option: 'scanTimeout',
    type: { kind: 'text', example: 'a time such as 10m' },
    description: 'Give up when the whole scan takes longer than this.',
  },
  {
    name: 'controlTimeout',
    option: 'controlTimeout',
    type: { kind: 'text', example: 'a time such as 10s' },
    description: 'Stop a control that takes longer than this; what it did not judge is skipped.',
  },
  {
    name: 'clusterName',
    option: 'clusterName',
    type: { kind: 'text' },
    description: 'What reports call the cluster.',
  },
]
