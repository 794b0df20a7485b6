/** A table of inputs that people, editors and templates really produce, and what must come of each. */
import { podYaml } from '../folder.ts'

/** An input with something wrong, or something that only looks wrong. */
export interface MalformedCase {
  readonly name: string
  /** File name; `input.yaml` unless said otherwise. */
  readonly file?: string
  readonly content: string | Uint8Array
  /** Code and line of each problem, in order; none when the file is fine. Open quotes and brackets are noticed a line later. */
  readonly problems: readonly (readonly [code: string, line: number])[]
  /** Names of the objects of the file that are judged, in order; empty for one without a name. */
  readonly judged: readonly string[]
}

const GOOD = podYaml('good')
const BROKEN_HEAD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: broken\n'

/** The broken document first, the good one after it: nothing that follows a broken document may be lost. */
function before(broken: string): string {
  return `${broken}---\n${GOOD}`
}

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))
}

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const buffer = Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le')
  return order === 'le' ? buffer : buffer.swap16()
}

function bomb(): string {
  const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  const lines = levels.map((name, at) => {
    const previous = levels[at - 1]
    const item = previous === undefined ? 'lol' : `*${previous}`
    return `  ${name}: &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]\n`
  })
  return `${BROKEN_HEAD}spec:\n${lines.join('')}`
}

function deepBlock(levels: number): string {
  return Array.from({ length: levels }, (_, at) => `${' '.repeat(at + 2)}a:\n`).join('')
}

const syntax: readonly MalformedCase[] = [
  {
    name: 'tab as indentation',
    content: before('apiVersion: v1\nkind: Pod\nmetadata:\n\tname: broken\n'),
    problems: [['yaml/tab-indentation', 4]],
    judged: ['good'],
  },
  {
    name: 'double quote that is not closed',
    content: before('apiVersion: v1\nkind: Pod\nmetadata:\n  name: "broken\n'),
    problems: [['yaml/unclosed-quote', 5]],
    judged: ['good'],
  },
  {
    name: 'single quote inside of single quotes',
    content: before("apiVersion: v1\nkind: Pod\nmetadata:\n  name: 'it's broken'\nspec: {}\n"),
    problems: [['yaml/text-after-quote', 4]],
    judged: ['good'],
  },
  {
    name: 'flow list that is not closed',
    content: before(`${BROKEN_HEAD}spec:\n  containers: [{name: a, image: b}\n`),
    problems: [['yaml/unclosed-bracket', 7]],
    judged: ['good'],
  },
  {
    name: 'flow map that is not closed',
    content: before('apiVersion: v1\nkind: Pod\nmetadata: {name: broken\nspec:\n  containers: []\n'),
    problems: [['yaml/unclosed-bracket', 4]],
    judged: ['good'],
  },
  {
    name: 'indentation between two levels',
    content: before(`${BROKEN_HEAD} labels:\n    app: x\n`),
    problems: [['yaml/bad-indentation', 5]],
    judged: ['good'],
  },
  {
    name: 'colon in an unquoted value',
    content: before(`${BROKEN_HEAD}  annotations:\n    note: see: below\n`),
    problems: [['yaml/bad-indentation', 6]],
    judged: ['good'],
  },
  {
    name: 'key without colon',
    content: before(`${BROKEN_HEAD}spec\n  containers: []\n`),
    problems: [['yaml/missing-colon', 5]],
    judged: ['good'],
  },
  {
    name: 'unknown escape',
    content: before(`${BROKEN_HEAD}  annotations:\n    path: "C:\\dir"\n`),
    problems: [['yaml/bad-escape', 6]],
    judged: ['good'],
  },
  {
    name: 'control character',
    content: before(`${BROKEN_HEAD}  annotations:\n    note: a\u0007b\n`),
    problems: [['yaml/control-character', 6]],
    judged: ['good'],
  },
  {
    name: 'value that begins with a reserved character',
    content: before(`${BROKEN_HEAD}  annotations:\n    note: @home\n`),
    problems: [['yaml/bad-start', 6]],
    judged: ['good'],
  },
  {
    name: 'value in template braces',
    content: before('apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n'),
    problems: [['yaml/bad-key', 4]],
    judged: ['good'],
  },
  {
    name: 'line in template braces',
    content: before(`${BROKEN_HEAD}  {{- if .Values.labels }}\n  labels: {}\n  {{- end }}\n`),
    problems: [['yaml/missing-comma', 5]],
    judged: ['good'],
  },
  {
    name: 'template that begins with a directive',
    content: `{{- if .Values.enabled }}\n${GOOD}{{- end }}\n`,
    problems: [['yaml/missing-comma', 1]],
    judged: [],
  },
  {
    name: 'merge conflict left in',
    content: before(`${BROKEN_HEAD}<<<<<<< HEAD\nspec: {}\n=======\nspec: {a: b}\n>>>>>>> other\n`),
    problems: [['yaml/merge-conflict', 5]],
    judged: ['good'],
  },
  {
    name: 'middle document broken',
    content: `${podYaml('first')}---\n\n# a comment\n${BROKEN_HEAD}  labels: [\n---\n${podYaml('last')}`,
    problems: [['yaml/unclosed-bracket', 17]],
    judged: ['first', 'last'],
  },
  {
    name: 'three broken documents',
    content: `a: [\n---\n${GOOD}---\nb: "\n---\n${podYaml('last')}---\nc: *d\n`,
    problems: [
      ['yaml/unclosed-bracket', 2],
      ['yaml/unclosed-quote', 13],
      ['yaml/unknown-alias', 23],
    ],
    judged: ['good', 'last'],
  },
]

const graphs: readonly MalformedCase[] = [
  {
    name: 'duplicate key',
    content: before(`${BROKEN_HEAD}  name: twice\nspec:\n  containers: []\n`),
    problems: [['yaml/duplicate-key', 5]],
    judged: ['twice', 'good'],
  },
  {
    name: 'alias without anchor',
    content: before(`${BROKEN_HEAD}spec: *nowhere\n`),
    problems: [['yaml/unknown-alias', 5]],
    judged: ['good'],
  },
  {
    name: 'alias bomb',
    content: before(bomb()),
    problems: [['yaml/too-many-aliases', 11]],
    judged: ['good'],
  },
  {
    name: 'alias inside of its own anchor',
    content: before(`${BROKEN_HEAD}spec: &spec\n  containers: *spec\n`),
    problems: [['yaml/recursive-alias', 6]],
    judged: ['good'],
  },
  {
    name: 'block nesting of 1000 levels',
    content: before(`${BROKEN_HEAD}spec:\n${deepBlock(1000)}`),
    problems: [['yaml/too-deep', 206]],
    judged: ['good'],
  },
  {
    name: 'flow nesting of 100000 levels',
    content: before(`${BROKEN_HEAD}spec: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`),
    problems: [['yaml/too-deep', 5]],
    judged: ['good'],
  },
  {
    name: 'tag of somebody else',
    content: before(`${BROKEN_HEAD}  annotations:\n    a: !secret x\n`),
    problems: [],
    judged: ['broken', 'good'],
  },
]

const encodings: readonly MalformedCase[] = [
  {
    name: 'NUL byte',
    content: bytes(BROKEN_HEAD, [0], `\n---\n${GOOD}`),
    problems: [['yaml/nul-byte', 5]],
    judged: [],
  },
  {
    name: 'bytes that are no UTF-8',
    content: bytes(BROKEN_HEAD, '  annotations:\n    name: M', [0xfc], `ller\n---\n${GOOD}`),
    problems: [['yaml/encoding', 6]],
    judged: [],
  },
  {
    name: 'UTF-32',
    content: bytes([0xff, 0xfe, 0, 0], [0x61, 0, 0, 0]),
    problems: [['yaml/encoding', 1]],
    judged: [],
  },
  { name: 'UTF-16 LE with mark', content: utf16(GOOD, 'le', true), problems: [], judged: ['good'] },
  { name: 'UTF-16 BE with mark', content: utf16(GOOD, 'be', true), problems: [], judged: ['good'] },
  { name: 'UTF-16 LE without mark', content: utf16(GOOD, 'le', false), problems: [], judged: ['good'] },
  { name: 'UTF-16 BE without mark', content: utf16(GOOD, 'be', false), problems: [], judged: ['good'] },
  { name: 'UTF-8 with mark', content: `\uFEFF${GOOD}`, problems: [], judged: ['good'] },
  {
    name: 'Windows line ends',
    content: before(podYaml('first')).replaceAll('\n', '\r\n'),
    problems: [],
    judged: ['first', 'good'],
  },
  {
    name: 'carriage returns only',
    content: before(podYaml('first')).replaceAll('\n', '\r'),
    problems: [],
    judged: ['first', 'good'],
  },
  {
    name: 'problem after Windows line ends',
    content: before('apiVersion: v1\nkind: Pod\nmetadata:\n\tname: broken\n').replaceAll('\n', '\r\n'),
    problems: [['yaml/tab-indentation', 4]],
    judged: ['good'],
  },
  {
    name: 'picture with the wrong extension',
    content: bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 0x0d], 'IHDR', [0xff, 0xd8, 0xfe]),
    problems: [['yaml/encoding', 1]],
    judged: [],
  },
  { name: 'empty file', content: '', problems: [], judged: [] },
  { name: 'comments only', content: '# nothing\n\n---\n# here\n---\n...\n', problems: [], judged: [] },
  { name: 'white space and markers only', content: '---\n---\n  \n---\n', problems: [], judged: [] },
]

const directives: readonly MalformedCase[] = [
  { name: 'YAML directive', content: `%YAML 1.1\n---\n${GOOD}`, problems: [], judged: ['good'] },
  {
    name: 'YAML directive of another version',
    content: `%YAML 3.7\n---\n${podYaml('new')}...\n---\n${GOOD}`,
    problems: [['yaml/syntax', 2]],
    judged: ['good'],
  },
  {
    name: 'directive without document',
    content: `${GOOD}...\n%YAML 1.1\n`,
    problems: [['yaml/unexpected-content', 11]],
    judged: ['good'],
  },
  {
    name: 'end markers',
    content: `${podYaml('first')}...\n---\n${GOOD}...\n`,
    problems: [],
    judged: ['first', 'good'],
  },
]

const POD_JSON = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"good"},"spec":{"containers":[{"name":"c"}]}}'

const json: readonly MalformedCase[] = [
  {
    name: 'JSON cut off',
    file: 'input.json',
    content: '{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "metadata": {\n    "name": "bro',
    problems: [['yaml/unclosed-quote', 5]],
    judged: [],
  },
  {
    name: 'JSON with a comma too many',
    file: 'input.json',
    content: '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"good"},\n"spec":{"containers":[{"name":"c"}],},}\n',
    problems: [],
    judged: ['good'],
  },
  {
    name: 'JSON without a comma',
    file: 'input.json',
    content: '{\n  "apiVersion": "v1"\n  "kind": "Pod"\n}\n',
    problems: [['yaml/missing-comma', 3]],
    judged: [],
  },
  {
    name: 'JSON with tabs',
    file: 'input.json',
    content: POD_JSON.replaceAll(',', ',\n\t'),
    problems: [],
    judged: ['good'],
  },
  { name: 'JSON that is a text', file: 'input.json', content: '"hello"\n', problems: [], judged: [] },
  { name: 'JSON list', file: 'input.json', content: `[${POD_JSON}, 1, null, "x"]`, problems: [], judged: ['good'] },
]

const objects: readonly MalformedCase[] = [
  {
    name: 'list with items that are no objects',
    content: `apiVersion: v1\nkind: List\nitems:\n- just a text\n- null\n- 7\n- [a]\n- ${POD_JSON}\n`,
    problems: [],
    judged: ['good'],
  },
  {
    name: 'list with an item without kind',
    content: `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, metadata: {name: broken}}\n- ${POD_JSON}\n`,
    problems: [['sources/no-kind', 4]],
    judged: ['good'],
  },
  {
    name: 'list whose items are a text',
    content: before('apiVersion: v1\nkind: List\nitems: none\n'),
    problems: [],
    judged: ['good'],
  },
  {
    name: 'apiVersion without kind',
    content: before('apiVersion: v1\nmetadata:\n  name: broken\n'),
    problems: [['sources/no-kind', 1]],
    judged: ['good'],
  },
  {
    name: 'second document without kind',
    content: `${GOOD}---\n# the kind is missing\n\napiVersion: apps/v1\nmetadata:\n  name: broken\n`,
    problems: [['sources/no-kind', 12]],
    judged: ['good'],
  },
  {
    name: 'kind without apiVersion',
    content: before('kind: Pod\nmetadata:\n  name: broken\n'),
    problems: [],
    judged: ['good'],
  },
  {
    name: 'apiVersion and kind of wrong types',
    content: before(
      'apiVersion: [v1]\nkind: {a: b}\n---\napiVersion: v1\nkind: null\n---\napiVersion: null\nkind: Pod\n',
    ),
    problems: [['sources/no-kind', 4]],
    judged: ['good'],
  },
  {
    name: 'not Kubernetes at all',
    content: before('version: 2\njobs: [a, b]\n---\njust text\n---\n42\n'),
    problems: [],
    judged: ['good'],
  },
  {
    name: 'names that are numbers and booleans',
    content: before(`${podYaml('1234')}---\n${podYaml('true')}---\n${podYaml('null')}---\n${podYaml('[a]')}`),
    problems: [],
    judged: ['1234', 'true', '', '["a"]', 'good'],
  },
  {
    name: 'binding without roleRef',
    content: before(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: binding\nsubjects:\n- kind: User\n  name: a\n',
    ),
    problems: [],
    judged: ['binding', 'good'],
  },
  {
    name: 'binding whose subjects are no list',
    content: before(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: binding\nsubjects: x\nroleRef: y\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: role\nrules:\n- x\n- null\n- verbs: get\n  resources: {a: b}\n',
    ),
    problems: [],
    judged: ['binding', 'role', 'good'],
  },
  ...(
    [
      'null',
      'nginx',
      '[a, b]',
      '[null]',
      '{a: b}',
      '7',
      '[[]]',
      '[{name: [], image: {}, env: x, ports: 5, securityContext: []}]',
    ] as const
  ).map((containers): MalformedCase => ({
    name: `containers and volumes that are ${containers}`,
    content: before(`${BROKEN_HEAD}spec:\n  containers: ${containers}\n  volumes: ${containers}\n`),
    problems: [],
    judged: ['broken', 'good'],
  })),
  {
    name: 'metadata that is a list',
    content: before('apiVersion: v1\nkind: Pod\nmetadata: [name]\nspec: {containers: [{image: nginx}]}\n'),
    problems: [],
    judged: ['', 'good'],
  },
  {
    name: 'spec that is a text',
    content: before('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: odd}\nspec: later\n'),
    problems: [],
    judged: ['odd', 'good'],
  },
  {
    name: 'whole numbers beyond 64 bits',
    content: before(
      `${BROKEN_HEAD}spec:\n  priority: 123456789012345678901234567890\n  terminationGracePeriodSeconds: 9223372036854775807\n`,
    ),
    problems: [],
    judged: ['broken', 'good'],
  },
  {
    name: 'keys of the prototype',
    content: before(
      `${BROKEN_HEAD}  labels:\n    __proto__: x\n    constructor: y\nspec:\n  __proto__: {hostPID: true}\n`,
    ),
    problems: [],
    judged: ['broken', 'good'],
  },
]

/** All cases. */
export const CASES: readonly MalformedCase[] = [...syntax, ...graphs, ...encodings, ...directives, ...json, ...objects]
