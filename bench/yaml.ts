/** CPU time for reading real manifests: our reader, js-yaml's loadAll and the `yaml` package in the same run. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeText, openDocument, readDocument, splitDocuments } from '@kubescape/yaml'
import { loadAll, parseEvents } from 'js-yaml'
import { parseAllDocuments } from 'yaml'

const shared = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
const corpus = join(shared, 'corpus/large')
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)

const container = 'spec.template.spec.containers[0]'
const containerFields = [
  'image',
  'name',
  'args[0]',
  'env[0].value',
  'ports[0].containerPort',
  'resources.limits.memory',
  'resources.limits.cpu',
  'securityContext.privileged',
  'securityContext.runAsNonRoot',
  'securityContext.runAsUser',
  'securityContext.capabilities.drop[0]',
  'securityContext.readOnlyRootFilesystem',
  'securityContext.seccompProfile.type',
]
const otherFields = [
  'metadata.name',
  'metadata.labels[app.kubernetes.io/name]',
  'spec.replicas',
  'spec.template.spec.hostNetwork',
  'spec.template.spec.volumes[0]',
  'rules[0].verbs',
  'subjects[0].name',
]
const paths = otherFields.concat(containerFields.map((field) => `${container}.${field}`))

type Run = (files: readonly Uint8Array[]) => void

const decoded = (bytes: Uint8Array): string => {
  const result = decodeText(bytes)
  return 'text' in result ? result.text : ''
}

/** Runs `read` and leaves out what it cannot read, as every reader here meets broken files. */
function attempt(read: () => unknown): void {
  try {
    read()
  } catch {
    // Counted the same for all: time until the first error.
  }
}

const subjects: Record<string, Run> = {
  'decode + split + headers': (files) => {
    for (const bytes of files) splitDocuments(decoded(bytes))
  },
  'parseEvents (lower bound)': (files) => {
    for (const bytes of files) {
      const text = decoded(bytes)
      for (const { start, end } of splitDocuments(text))
        attempt(() => parseEvents(text.slice(start, end), { maxDepth: 200 }))
    }
  },
  'ours: read': (files) => {
    for (const bytes of files) {
      const text = decoded(bytes)
      for (const slice of splitDocuments(text)) readDocument(text, slice)
    }
  },
  'ours: read, with 20 positions': (files) => {
    for (const bytes of files) {
      const text = decoded(bytes)
      for (const slice of splitDocuments(text)) openDocument(text, slice).locate(paths)
    }
  },
  'js-yaml: loadAll': (files) => {
    for (const bytes of files) attempt(() => loadAll(decoded(bytes)))
  },
  'yaml: parseAllDocuments + toJS': (files) => {
    for (const bytes of files) {
      attempt(() => {
        const documents = parseAllDocuments(decoded(bytes))
        if (Array.isArray(documents)) for (const document of documents) attempt(() => document.toJS())
      })
    }
  },
}

function readCorpus(): Uint8Array[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .map((file) => readFileSync(join(corpus, file)))
}

/** CPU milliseconds of one pass in this process. */
function measure(run: Run, files: readonly Uint8Array[]): number {
  const before = process.cpuUsage()
  run(files)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Our reader runs as the launcher starts it, the references as Node does. */
const launcherFlags = [
  '--no-turbofan',
  '--single-threaded-gc',
  '--min-semi-space-size=16',
  '--max-semi-space-size=32',
  '--initial-old-space-size=256',
]

/** A fresh process runs one subject twice: cold, as a command sees it, and warm. */
function child(subject: string): { cold: number; warm: number } {
  const flags = subject.startsWith('ours') ? launcherFlags : []
  const result = spawnSync(process.execPath, [...flags, import.meta.filename, subject], { encoding: 'utf8' })
  if (result.status !== 0) throw new Error(result.stderr)
  return JSON.parse(result.stdout) as { cold: number; warm: number }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

function main(): void {
  if (!existsSync(corpus)) {
    console.log('bench:yaml skipped: no shared corpus')
    return
  }
  const megabytes = readCorpus().reduce((sum, bytes) => sum + bytes.length, 0) / 1e6
  const names = Object.keys(subjects)
  const times = new Map(names.map((name) => [name, { cold: [] as number[], warm: [] as number[] }]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { cold, warm } = child(name)
      times.get(name)?.cold.push(cold)
      times.get(name)?.warm.push(warm)
    }
  }
  console.log(
    `${megabytes.toFixed(1)} MB, CPU time, median of ${rounds} fresh processes, first pass and second pass in each`,
  )
  for (const [name, { cold, warm }] of times) {
    const show = (ms: number): string =>
      `${ms.toFixed(0).padStart(6)} ms ${(megabytes / (ms / 1000)).toFixed(1).padStart(6)} MB/s`
    console.log(`${name.padEnd(32)}${show(median(cold))}  |${show(median(warm))}`)
  }
  const [ours, theirs] = ['ours: read, with 20 positions', 'yaml: parseAllDocuments + toJS'].map((name) =>
    times.get(name),
  )
  const ratio = (pass: 'cold' | 'warm'): string =>
    (median(theirs?.[pass] ?? []) / median(ours?.[pass] ?? [])).toFixed(1)
  console.log(
    `with positions ${ratio('cold')} times the throughput of yaml in the first pass, ${ratio('warm')} in the second`,
  )
}

const subject = process.argv[2]
if (subject === undefined) main()
else {
  const run = subjects[subject]
  if (run === undefined) throw new Error(`no subject ${subject}`)
  const files = readCorpus()
  const cold = measure(run, files)
  console.log(JSON.stringify({ cold, warm: measure(run, files) }))
}
