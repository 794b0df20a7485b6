/**
 * Builds the API server and the controller manager of the oldest Kubernetes that is scanned, from its Go modules, and prints the
 * program that stands in for the testbed's: `KUBESCAPE_TESTBED_PROGRAM=$(node e2e/cluster/old-server/build.ts | tail -n 1)`.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildProgram } from '../testbed/build.ts'
import { goEnvironment } from '../testbed/program.ts'

const VERSION = '1.21.14'
const SERVERS = ['kube-apiserver', 'kube-controller-manager']
/** These sources are generated before each build of that time, so the module comes without them. */
const OPENAPI = 'k8s.io/kubernetes/pkg/generated/openapi'

/** Builds what is not built yet, into a folder beside the testbed's. Gives the path of the program; throws where it cannot be built. */
export async function buildOldServer(): Promise<string> {
  const testbed = await buildProgram()
  if (testbed.kind !== 'built') throw new Error(testbed.kind === 'impossible' ? testbed.reason : 'go build failed')
  const folder = join(dirname(dirname(testbed.path)), `kubernetes-${VERSION}`)
  const program = join(folder, 'program')
  if (testbed.path === program) return program
  if (SERVERS.every((name) => existsSync(join(folder, name)))) return standIn(program, testbed.path)

  const source = join(folder, 'source')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyModule(source)
  generateOpenApi(source)
  const flags = ['client-go/pkg', 'component-base'].flatMap((name) => versionFlags(`k8s.io/${name}/version`))
  const packages = SERVERS.map((name) => `./cmd/${name}`)
  go(
    source,
    'build',
    '-buildvcs=false',
    `-ldflags=-s -w ${flags.join(' ')}`,
    '-o',
    join(source, '_built/'),
    ...packages,
  )
  for (const name of SERVERS) renameSync(join(source, '_built', name), join(folder, name))
  rmSync(source, { recursive: true })
  return standIn(program, testbed.path)
}

function go(cwd: string, ...args: readonly string[]): string {
  const env = { ...goEnvironment(), GOFLAGS: '-mod=mod' }
  return execFileSync('go', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1e8 })
}

/** The module, with its parts from modules too: in its own repository they are folders, which a module leaves out. */
function copyModule(source: string): void {
  const { Dir } = JSON.parse(go('/', 'mod', 'download', '-json', `k8s.io/kubernetes@v${VERSION}`)) as { Dir: string }
  execFileSync('cp', ['-R', Dir, source])
  execFileSync('chmod', ['-R', 'u+w', source])
  const file = join(source, 'go.mod')
  const parts = /^(\t(k8s\.io\/[\w-]+) => )\.\/staging\/src\/\2$/gm
  // Its own knows maps of an older Go, and makes the server stumble over custom resources.
  const reflection = /^(\t(github\.com\/modern-go\/reflect2) => \2) v1\.0\.1$/m
  const changed = readFileSync(file, 'utf8')
    .replace(parts, `$1$2 v0${VERSION.slice(1)}`)
    .replace(reflection, '$1 v1.0.2')
  writeFileSync(file, changed)
}

/** Describes all types that ask for it, by the generator of that version. */
function generateOpenApi(source: string): void {
  const folder = join(source, '_openapi')
  mkdirSync(folder)
  const generator = join(folder, 'openapi-gen')
  go(source, 'build', '-o', generator, 'k8s.io/kube-openapi/cmd/openapi-gen')
  const all = go(
    source,
    'list',
    '-e',
    '-deps',
    '-f',
    '{{.ImportPath}} {{.Dir}}',
    ...SERVERS.map((name) => `./cmd/${name}`),
  )
  const wanted = all.split('\n').flatMap((line) => {
    const [name = '', path = ''] = line.split(' ')
    return name.startsWith('k8s.io/') && asksForOpenApi(path) ? [name] : []
  })
  const header = join(folder, 'header.txt')
  writeFileSync(header, '')
  const output = [
    '--output-base',
    folder,
    '-p',
    OPENAPI,
    '-O',
    'zz_generated.openapi',
    '-r',
    join(folder, 'violations.txt'),
  ]
  execFileSync(generator, ['--go-header-file', header, '-i', wanted.join(','), ...output], {
    cwd: source,
    env: { ...goEnvironment(), GOFLAGS: '-mod=mod' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const file = 'zz_generated.openapi.go'
  renameSync(join(folder, OPENAPI, file), join(source, OPENAPI.replace('k8s.io/kubernetes/', ''), file))
}

function asksForOpenApi(folder: string): boolean {
  return globSync('*.go', { cwd: folder }).some((name) =>
    readFileSync(join(folder, name), 'utf8').includes('+k8s:openapi-gen=true'),
  )
}

function versionFlags(variables: string): string[] {
  const [major, minor] = VERSION.split('.')
  const values = { gitVersion: `v${VERSION}`, gitMajor: major, gitMinor: minor }
  return Object.entries(values).map(([name, value]) => `-X ${variables}.${name}=${value}`)
}

/**
 * Writes a program that is the testbed's but for the two servers. They do not know its newest flag, still have a port without
 * encryption unless told otherwise, and end like it when standard input closes.
 */
function standIn(path: string, testbed: string): string {
  const script = `#!/bin/sh
case $1 in
${SERVERS.join('|')})
  name=$1
  shift
  for flag do
    shift
    case $flag in --shutdown-send-retry-after=*) ;; *) set -- "$@" "$flag" ;; esac
  done
  if [ "$name" = kube-controller-manager ]; then set -- "$@" --port=0; fi
  exec 3<&0
  (cat <&3 >/dev/null; kill -9 $$) 2>/dev/null &
  exec "${dirname(path)}/$name" "$@" </dev/null
  ;;
*) exec "${testbed}" "$@" ;;
esac
`
  writeFileSync(path, script, { mode: 0o755 })
  return path
}

if (import.meta.main) console.log(await buildOldServer())
