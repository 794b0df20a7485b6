/** Nodes that nobody owns, for kwok to play. */
import type { Answer } from './api-client.ts'

/** One Node per name, as JSON documents. */
export function nodeManifests(names: readonly string[]): string {
  const items = names.map((name) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
  }))
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
}

interface NodeList {
  readonly items: readonly {
    readonly metadata: { readonly name: string }
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
  }[]
}

/** True when a list of nodes holds all the names, and each of them is ready. */
export function areReady(answer: Answer, names: readonly string[]): boolean {
  const { items } = answer.json() as NodeList
  const ready = items
    .filter(({ status }) => status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'))
    .map(({ metadata }) => metadata.name)
  return names.every((name) => ready.includes(name))
}
