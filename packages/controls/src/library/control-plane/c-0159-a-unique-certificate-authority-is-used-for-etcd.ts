/** Ensure that a unique Certificate Authority is used for etcd. */
import type { JoinedCheck, Outcome, Related } from '../../check.ts'
import { usesOf, type FlagUse } from '../../checks/command-flags.ts'
import { ETCD, PODS, commandLineOf, type Component } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { replacement, type Finding } from '../../finding.ts'
import { projection, type Projection, type Row } from '../../projection.ts'

interface Facts {
  readonly use: FlagUse | undefined
}

type CaRow = Row<Facts>

const etcdCa = caOf('etcd-client-ca', ETCD, '--trusted-ca-file')
const apiServerCa = caOf('api-server-client-ca', { program: 'kube-apiserver' }, '--client-ca-file')

function caOf(name: string, component: Component, flag: string): Projection<Facts> {
  return projection(name, PODS, (resource) => {
    const line = commandLineOf(component, resource)
    return line === undefined ? undefined : { use: usesOf(line.items, flag).at(-1) }
  })
}

const sharedCa: JoinedCheck = {
  shape: 'joined',
  name: 'etcd-unique-ca',
  match: PODS,
  isAboutPlatform: true,
  tests: 'reported',
  needs: [etcdCa, apiServerCa],
  // Both are static Pods of one namespace.
  across: [],
  *judge(tables): Generator<Outcome> {
    const [etcds, servers] = [tables.rows(etcdCa), tables.rows(apiServerCa)]
    yield* compare(etcds, servers)
    yield* compare(servers, etcds)
  },
}

function* compare(pods: readonly CaRow[], others: readonly CaRow[]): Generator<Outcome> {
  for (const { ref, use } of pods) {
    const twins = others.filter((other) => use?.value && other.use?.value === use.value)
    if (use === undefined || twins.length === 0) yield { subject: ref }
    else yield { subject: ref, findings: [otherCa(use)], related: twins.map(relatedTo) }
  }
}

function relatedTo({ ref, use }: CaRow): Related {
  return { ref, findings: use === undefined ? [] : [otherCa(use)] }
}

function otherCa(use: FlagUse): Finding {
  return replacement(use.path, '<path/to/different-tls-certificate-file.crt>')
}

export default defineControl({
  id: 'C-0159',
  name: 'Ensure that a unique Certificate Authority is used for etcd',
  baseScore: 8,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'etcd and the API server trust the same CA for their clients. Any user with a client certificate of the cluster can then connect to etcd and read or write everything without RBAC.',
  repair:
    'Make a CA only for etcd, sign its server, peer and client certificates with it, and name it in `--trusted-ca-file` of etcd and `--etcd-cafile` of kube-apiserver. Leave `--client-ca-file` of kube-apiserver as it is.',
  references: ['certificates', 'etcdSecurity', 'etcd'],
  checks: [sharedCa],
})
