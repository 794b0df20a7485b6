/** Small kustomizations for tests. */
import { build, BuildError, type BuildOptions, type BuildResult, type FileSystem } from '../src/index.ts'

/** Texts of files by their path. */
export type Texts = Readonly<{ [path: string]: string }>

/** The texts as files; folders are there where files lie in them. */
export function filesOf(texts: Texts): FileSystem {
  const paths = new Map(Object.entries(texts))
  const folders = new Set<string>(['.'])
  for (const path of paths.keys()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at))
  }
  return {
    read: (path) => paths.get(path),
    kind: (path) => (paths.has(path) ? 'file' : folders.has(path) ? 'directory' : undefined),
  }
}

/** Builds a folder, the one at the top where none is named. */
export function built(texts: Texts, folder = '.', options: BuildOptions = {}): Promise<BuildResult> {
  return build(filesOf(texts), folder, options)
}

/** The whole output. */
export async function output(texts: Texts, folder = '.', options: BuildOptions = {}): Promise<string> {
  return (await built(texts, folder, options)).output
}

/** What one object becomes under a kustomization that names nothing else. */
export function outputOf(kustomization: string, object: string, more: Texts = {}): Promise<string> {
  return output({ 'kustomization.yaml': `resources: [object.yaml]\n${kustomization}`, 'object.yaml': object, ...more })
}

/** `Kind name` of every object, in their order. */
export async function names(texts: Texts, folder = '.'): Promise<string[]> {
  const { objects } = await built(texts, folder)
  return objects.map(({ text }) => {
    const [, kind] = /^kind: (.*)$/m.exec(text) ?? []
    const [, name] = /^ {2}name: (.*)$/m.exec(text) ?? []
    return `${kind} ${name}`
  })
}

/** Why it cannot be built, with the place: `kustomization.yaml:3: message`. */
export async function failure(texts: Texts, folder = '.', options: BuildOptions = {}): Promise<string> {
  try {
    await built(texts, folder, options)
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    return `${error.file ?? ''}:${error.line ?? ''}: ${error.message}`
  }
  return 'it was built'
}

/** An object of a kind that nothing knows but its name. */
export function named(apiVersion: string, kind: string, name: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`
}

/** A ConfigMap. */
export function configMap(name: string): string {
  return named('v1', 'ConfigMap', name)
}
