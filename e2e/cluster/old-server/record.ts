/** Records what an API server of 1.21 says that it serves: `node e2e/cluster/old-server/record.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../kubescape.ts'
import { startCluster, type Cluster } from '../testbed/cluster.ts'
import { buildOldServer } from './build.ts'

/** Answers by path. One a line, so that two records can be compared. */
const RECORD = join(root, 'packages/cluster/testing/kubernetes-1.21.json')

process.env['KUBESCAPE_TESTBED_PROGRAM'] = await buildOldServer()
await using cluster = await startCluster()
const lines = (await answers(cluster)).map(([path, answer]) => `${JSON.stringify(path)}: ${JSON.stringify(answer)}`)
writeFileSync(RECORD, `{\n${lines.join(',\n')}\n}\n`)
console.log(`${RECORD}: ${lines.length} answers`)

/** What the server answers to those who ask for everything that it serves, and for its version. */
async function answers(server: Cluster): Promise<[path: string, answer: unknown][]> {
  const all: [string, unknown][] = []
  async function ask(path: string): Promise<unknown> {
    const answer = await server.request(path)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`)
    all.push([path, answer.json()])
    return answer.json()
  }
  await ask('/version')
  const { versions } = (await ask('/api')) as { versions: string[] }
  const { groups } = (await ask('/apis')) as { groups: { versions: { groupVersion: string }[] }[] }
  for (const version of versions) await ask(`/api/${version}`)
  for (const { groupVersion } of groups.flatMap((group) => group.versions)) await ask(`/apis/${groupVersion}`)
  return all
}
