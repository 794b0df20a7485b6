/** CPU time of matching: patterns of charts and policies with the engine that is chosen, with the linear one, and with re2js. */
import { compile } from '@kubescape/regex'
import { enginesOf } from '../packages/regex/src/engine/engine.ts'
import { parsePattern } from '../packages/regex/src/syntax/parse.ts'
import { reference } from '../packages/regex/testing/reference.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)

/** Patterns, each with the texts that they meet. */
const cases: readonly (readonly [pattern: string, ...texts: string[]])[] = [
  ['\\W', 'release-name.web', 'already_clean'],
  ['[^A-Za-z0-9]+$', 'release-name-web-', 'web'],
  ['(-?[^a-z\\d\\-])+-?', 'Release_Name/Web', 'release-name'],
  [
    '^([0-9]+)(\\.[0-9]+)?(\\.[0-9]+)?(-([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?(\\+([0-9A-Za-z\\-]+(\\.[0-9A-Za-z\\-]+)*))?$',
    '1.27.3-debian-12-r4',
    'latest',
  ],
  ['-r\\d+$|sha256:', '1.27.3-debian-12-r4', '1.27.3'],
  ['{(v[0-9])*[^}]*}}$', '{{ .Values.name }}', 'plain text'],
  ['@sha256:[a-f0-9]+', 'registry.example.com/web/app@sha256:0123456789abcdef', 'registry.example.com/web/app:1.2.3'],
  ['^([0-9]*\\.){3}[0-9]*$', '10.0.0.1', 'web.example.com'],
  [
    '^((25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\\.){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)$',
    '192.168.100.200',
    'web.example.com',
  ],
  ['.*:(\\d+)', 'registry.example.com:5000/web', 'nginx'],
  ['(?i)(password|secret|token|api[_-]?key)', 'DATABASE_PASSWORD', 'LOG_LEVEL_OF_THE_SERVER'],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', 'web.example.com', 'Not A Name'],
]

/** Nanoseconds of CPU time for one call. */
function measure(run: () => void): number {
  const calls = 20_000
  for (let call = 0; call < calls / 10; call++) run()
  let best = Infinity
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage()
    for (let call = 0; call < calls; call++) run()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, ((user + system) * 1000) / calls)
  }
  return best
}

function main(): void {
  console.log(`CPU nanoseconds for a search in one text, lowest of ${rounds} rounds`)
  console.log(`${'ours'.padStart(8)} ${'linear'.padStart(8)} ${'re2js'.padStart(8)}  pattern`)
  for (const [pattern, ...texts] of cases) {
    const ours = compile(pattern)
    const linear = enginesOf(pattern, parsePattern(pattern)).linear()
    const other = reference(pattern)
    const finders = [(text: string) => ours.findSubmatch(text), (text: string) => linear.find(text, 0, true), other]
    const times = finders.map((find) => measure(() => texts.forEach((text) => find(text))) / texts.length)
    console.log(`${times.map((time) => time.toFixed(0).padStart(8)).join(' ')}  ${pattern}`)
  }
}

main()
