/** Runs the kubectl that is built with the control plane. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Run } from '../../kubescape.ts'

/** What kubectl is given beside its arguments. */
export interface KubectlOptions {
  readonly stdin?: string
  /** Path of a kubeconfig; without it, kubectl is an administrator. */
  readonly kubeconfig?: string
}

/**
 * Runs kubectl and waits for it, while this process goes on: it may be the server that kubectl waits for. `home` is where it
 * keeps its caches.
 */
export async function runKubectl(
  program: string,
  home: string,
  args: readonly string[],
  { stdin = '', kubeconfig }: KubectlOptions,
): Promise<Run> {
  const env = { PATH: process.env['PATH'], HOME: home, KUBECONFIG: kubeconfig }
  const child = spawn(program, ['kubectl', ...args], { cwd: home, env })
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // It may end without having read all.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}
