/** Reads every import of `packages/` and says which ones break the house's boundaries; part of `npm run check`. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkFile, type Manifest, type Manifests, mayImport } from './imports/check-file.ts'
import { root } from './root.ts'

/** Checks all sources and manifests below `folder`; gives the number of files read and one sentence per problem. */
export function checkImports(folder: string = root): { files: number; problems: string[] } {
  const manifests = readManifests(folder)
  const paths = globSync('packages/*/src/**/*.ts', { cwd: folder }).toSorted()
  const problems = paths.flatMap((path) => checkFile(path, readFileSync(join(folder, path), 'utf8'), manifests))
  return { files: paths.length, problems: [...checkManifests(manifests), ...problems] }
}

/** Manifests keep the same directions as imports, and a third-party library has one home. */
export function checkManifests({ packages }: Manifests): string[] {
  const problems: string[] = []
  const homes = new Map<string, string>()
  for (const [folder, { dependencies }] of packages) {
    for (const name of dependencies) {
      const path = `packages/${folder}/package.json:1`
      if (name.startsWith('@kubescape/')) {
        if (!mayImport(folder, name.slice('@kubescape/'.length)))
          problems.push(`${path} ${folder} must not depend on ${name}`)
      } else if (homes.has(name)) {
        problems.push(`${path} ${name} already has a home in ${homes.get(name)}; import it through that package`)
      } else homes.set(name, folder)
    }
  }
  return problems
}

function readManifests(folder: string): Manifests {
  const packages = new Map<string, Manifest>()
  for (const path of globSync('packages/*/package.json', { cwd: folder }).toSorted()) {
    packages.set(path.split('/')[1] ?? '', readManifest(join(folder, path)))
  }
  return { packages, root: readManifest(join(folder, 'package.json')) }
}

function readManifest(path: string): Manifest {
  const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string> | undefined> & {
    name: string
  }
  const dependencies = [
    json['dependencies'],
    json['devDependencies'],
    json['peerDependencies'],
    json['optionalDependencies'],
  ]
  return {
    name: json.name,
    dependencies: dependencies.flatMap((group) => Object.keys(group ?? {})),
    exports: Object.keys(json['exports'] ?? {}),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { files, problems } = checkImports()
  for (const problem of problems) console.log(problem)
  if (problems.length === 0) console.log(`imports: ${files} files keep the boundaries`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
