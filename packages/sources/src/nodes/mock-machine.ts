/** Trees for tests that look like the root of a machine, with a `/proc` of plain files. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Content of a file, or its mode and content. */
type MockFile = string | Uint8Array | readonly [mode: number, text: string]

/** Files by their path. */
export type MockFiles = Readonly<Record<string, MockFile>>

/** Control group of a static Pod, which a file of the node defines. */
export const STATIC_POD =
  '0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0123456789abcdef0123456789abcdef.slice/cri-containerd-1.scope'
/** Control group of a Pod that the API server knows. */
export const ORDINARY_POD =
  '0::/kubepods.slice/kubepods-pod0a1b2c3d_0a1b_0a1b_0a1b_0123456789ab.slice/cri-containerd-2.scope'

/** A machine in a new folder. */
export class MockMachine {
  readonly root: string = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-machine-')))

  /** Writes files, and the directories around them. */
  write(files: MockFiles): void {
    for (const [path, file] of Object.entries(files)) {
      const place = join(this.root, path)
      const [mode, content] = Array.isArray(file) ? (file as [number, string]) : [0o644, file as string | Uint8Array]
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, content)
      chmodSync(place, mode)
    }
  }

  /** Writes a process; it has several numbers where it runs in a container. */
  run(pids: readonly number[], args: readonly string[], { uid = 0, cgroup = '0::/system.slice' } = {}): void {
    const directory = `proc/${pids[0] ?? 0}`
    this.write({
      [`${directory}/cmdline`]: args.map((arg) => `${arg}\0`).join(''),
      [`${directory}/status`]: `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nNSpid:\t${pids.join('\t')}\nThreads:\t1\n`,
      [`${directory}/cgroup`]: `${cgroup}\n`,
    })
  }

  /** Removes a path below the root, or the whole machine. */
  remove(path = ''): void {
    rmSync(join(this.root, path), { recursive: true })
  }
}
