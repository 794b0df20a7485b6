/** Folders of files that a test file makes for itself. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** Absolute path of a new empty folder, which is removed after the tests around the call. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubescape-e2e-')))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files, by their path below the folder, and gives the folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** A Pod that any scan can judge, as YAML; `lines` go into its container. */
export function podYaml(name: string, ...lines: readonly string[]): string {
  const container = ['- name: main', '  image: nginx', ...lines.map((line) => `  ${line}`)]
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
${container.map((line) => `    ${line}\n`).join('')}`
}
