/** The certificates and keys of the control plane: who may read and change them, never what they are. */
import { posix } from 'node:path'

import type { FileRecord, Machine } from './machine.ts'
import { PLACES } from './places.ts'
import { walkFiles } from './walk-files.ts'

/** Members of a ControlPlaneInfo object. */
export interface Pki {
  readonly PKIDir: FileRecord
  readonly PKIFiles: readonly FileRecord[]
}

const PKI_NAMES = ['certs', 'pki', 'ssl', 'tls']
/** What checks tell apart. */
const UNSEEN = ['*.crt', '*.key']

/** Records of the directory with a certificate, or of the usual one, and of all below it; undefined where there is none. */
export function pki(machine: Machine, certificate: string | undefined): Pki | undefined {
  const beside = certificate === undefined ? '' : posix.dirname(certificate)
  const places = PKI_NAMES.includes(posix.basename(beside)) ? [beside, ...PLACES.pki] : PLACES.pki
  const path = machine.firstPath(places)
  if (path === undefined) return undefined
  const PKIDir = machine.record(path, 'directory')
  if ('err' in PKIDir.ownership) return { PKIDir, PKIFiles: unseen(path, PKIDir.ownership.err) }
  const { files, directories, unlisted } = walkFiles(machine, path)
  return {
    PKIDir,
    PKIFiles: [
      ...files.map((file) => machine.record(file)),
      // The slash keeps a directory from being taken for a certificate because of its name.
      ...directories.map((directory) => ({ ...machine.record(directory, 'directory'), path: `${directory}/` })),
      ...unlisted.flatMap((directory) => unseen(directory.path, directory.why)),
    ],
  }
}

/** What was not listed may hold anything: these records keep checks from passing without having seen it. */
function unseen(directory: string, err: string): FileRecord[] {
  return UNSEEN.map((name) => ({ path: `${directory}/${name}`, ownership: { err } }))
}
