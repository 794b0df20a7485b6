/** What building kustomizations costs: `npm run bench:kustomize`, every shared case in one process, CPU time of each build. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { build, BuildError, type FileSystem } from '@kubescape/kustomize'

const SHARED = process.env['KUBESCAPE_SHARED'] ?? join(import.meta.dirname, '../../shared')
const CASES = join(SHARED, 'conformance/kustomize')

await main()

async function main(): Promise<void> {
  const ids = existsSync(CASES) ? readdirSync(CASES).filter((id) => existsSync(join(CASES, id, 'case.json'))) : []
  if (ids.length === 0) {
    console.log(`bench: no kustomizations at ${CASES} (set KUBESCAPE_SHARED); nothing was measured`)
    return
  }
  for (const round of ['first builds', 'builds again']) {
    const costs: { readonly id: string; readonly ms: number }[] = []
    for (const id of ids) costs.push({ id, ms: await measure(id) })
    costs.sort((a, b) => b.ms - a.ms)
    const all = costs.reduce((sum, { ms }) => sum + ms, 0)
    const median = costs[Math.floor(costs.length / 2)]?.ms ?? 0
    console.log(`${round}: ${costs.length} in ${all.toFixed(0)} ms CPU, median ${median.toFixed(1)} ms; the dearest:`)
    for (const { id, ms } of costs.slice(0, 5)) console.log(`${ms.toFixed(1).padStart(8)}  ${id}`)
  }
}

async function measure(id: string): Promise<number> {
  const { dir } = JSON.parse(readFileSync(join(CASES, id, 'case.json'), 'utf8')) as { dir: string }
  const before = process.cpuUsage()
  try {
    await build(filesIn(join(CASES, id, 'tree')), dir)
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function filesIn(root: string): FileSystem {
  const stats = (path: string): ReturnType<typeof statSync> => statSync(join(root, path), { throwIfNoEntry: false })
  return {
    read: (path) => (stats(path)?.isFile() === true ? readFileSync(join(root, path), 'utf8') : undefined),
    kind: (path) => {
      const found = stats(path)
      return found?.isDirectory() === true ? 'directory' : found === undefined ? undefined : 'file'
    },
  }
}
