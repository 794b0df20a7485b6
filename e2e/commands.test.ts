import { describe, expect, test } from 'vitest'
import { kubescape, launcher, root, run } from './kubescape.ts'

function lines(args: readonly string[]): string[] {
  const { code, stdout, stderr } = kubescape(args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout.trimEnd().split('\n')
}

describe('list', () => {
  const frameworks = lines(['list', 'frameworks'])
  const controls = JSON.parse(lines(['list', 'controls', '-f', 'json']).join('')) as {
    id: string
    name: string
    severity: string
    frameworks: string[]
  }[]

  test('frameworks are sorted, and every one of them can be asked for', () => {
    expect(frameworks).toContain('NSA')
    expect(frameworks).toContain('AllControls')
    expect(frameworks).toEqual(
      frameworks.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })),
    )
    expect(kubescape(['scan', 'framework', frameworks.join(','), 'examples/shop']).code).toBe(0)
  })

  test('frameworks in every format are the same names', () => {
    expect(JSON.parse(lines(['list', 'frameworks', '-f', 'json']).join(''))).toEqual(frameworks)
    expect(lines(['list', 'frameworks', '-f', 'csv'])).toEqual(['name', ...frameworks])
    expect(lines(['list', 'frameworks', '-f', 'yaml'])).toEqual(frameworks.map((name) => `- ${JSON.stringify(name)}`))
  })

  test('controls have an id, a name, a severity and known frameworks, in the order of ids', () => {
    expect(controls.length).toBeGreaterThan(50)
    expect(controls).toContainEqual(
      expect.objectContaining({ id: 'C-0057', name: 'Privileged container', severity: 'High' }),
    )
    expect(controls.map(({ id }) => id)).toEqual(controls.map(({ id }) => id).toSorted())
    for (const { id, severity, frameworks: own } of controls) {
      expect(id).toMatch(/^C-\d{4}$/)
      expect(severity).toMatch(/^(?:Critical|High|Medium|Low)$/)
      expect(own.filter((name) => !frameworks.includes(name))).toEqual([])
    }
  })

  test('controls as CSV have the published columns', () => {
    const [header, ...rows] = lines(['list', 'controls', '-f', 'csv'])
    expect(header).toBe('id,name,frameworks')
    expect(rows).toHaveLength(controls.length)
    const at = controls.findIndex(({ id }) => id === 'C-0057')
    expect(rows[at]).toBe(`C-0057,Privileged container,${controls[at]!.frameworks.join(';')}`)
  })

  test('controls for people name all of them', () => {
    const text = lines(['list', 'controls']).join('\n')
    for (const { id, name } of controls) expect(text).toMatch(new RegExp(`^${id} .*${RegExp.escape(name)}$`, 'm'))
  })
})

describe('version', () => {
  test('is one line for people, in every spelling', () => {
    const [line] = lines(['version'])
    expect(line).toMatch(/^kubescape v\d+\.\d+\.\d+(?: \([^)]+\))?$/)
    expect(lines(['--version'])).toEqual([line])
    expect(lines(['version', '-f', 'text'])).toEqual([line])
  })

  test('is three members for programs', () => {
    const version = JSON.parse(lines(['version', '--format', 'json']).join('')) as object
    expect(Object.keys(version)).toEqual(['version', 'commit', 'date'])
    expect(version).toHaveProperty('version', expect.stringMatching(/^v\d+\.\d+\.\d+/))
  })
})

describe('completion', () => {
  const bash = kubescape(['completion', 'bash']).stdout

  test('the bash script is valid', () => {
    expect(run('bash', ['-n'], { stdin: bash })).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test.each([
    ['kubescape sc', 'scan'],
    ['kubescape scan fr', 'framework'],
    ['kubescape scan framework ns', 'nsa'],
    ['kubescape scan --verb', '--verbose'],
    ['kubescape scan --verbose fr', 'framework'],
    ['kubescape scan control --compl', '--compliance-threshold'],
    ['kubescape list fr', 'frameworks'],
    ['kubescape completion f', 'fish'],
    ['kubescape no', 'node-facts'],
    ['kubescape node-facts --no', '--node-name'],
    ['kubescape nonsense --verb', ''],
  ])('%s is completed with "%s"', (typed, completed) => {
    const script = `${bash}\nCOMP_WORDS=(${typed}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _kubescape; echo "\${COMPREPLY[*]}"`
    expect(run('bash', ['-c', script])).toEqual({ code: 0, stdout: `${completed}\n`, stderr: '' })
  })

  test.each(['zsh', 'fish', 'powershell'])('there is a script for %s that knows commands and flags', (shell) => {
    const { code, stdout } = kubescape(['completion', shell])
    expect(code).toBe(0)
    for (const word of ['framework', 'compliance-threshold', 'frameworks']) expect(stdout).toContain(word)
  })
})

describe('help', () => {
  const commands = [
    [],
    ['scan'],
    ['scan', 'framework'],
    ['scan', 'control'],
    ['list'],
    ['node-facts'],
    ['version'],
    ['completion'],
  ]

  test.each(commands.map((words) => [words.join(' '), words] as const))(
    'of "%s" goes to standard output and names flags that exist',
    (_, words) => {
      const text = lines([...words, '--help']).join('\n')
      expect(text).toMatch(/^Usage: kubescape/)
      const flags = [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)( <\w+>)?/gm)].map(([, flag = '', value]) => ({
        flag,
        hasValue: value !== undefined,
      }))
      expect(flags.length).toBeGreaterThan(0)
      // A flag that exists is never called unknown, whatever else is wrong with the line.
      const typed = flags.filter(({ flag }) => flag !== '--help' && flag !== '--version')
      const { stderr } = kubescape([
        ...words,
        ...typed.flatMap(({ flag, hasValue }) => (hasValue ? [flag, '1'] : [flag])),
        '--no-such-flag',
      ])
      expect(stderr).toContain(words.length === 0 ? 'error:' : "unknown option '--no-such-flag'")
    },
  )

  test('is the same by command, by flag, and without any word', () => {
    expect(lines(['help'])).toEqual(lines(['--help']))
    expect(lines([])).toEqual(lines(['--help']))
    expect(lines(['help', 'scan'])).toEqual(lines(['scan', '-h']))
  })

  test('names every command', () => {
    const text = lines(['help']).join('\n')
    for (const name of ['scan', 'list', 'node-facts', 'version', 'completion'])
      expect(text).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
  })

  test('never mentions a flag in a message that the flag table does not have', () => {
    const known = new Set(
      [
        ...lines(['help', 'scan'])
          .join('\n')
          .matchAll(/--[\w-]+/g),
      ].map(([flag]) => flag),
    )
    const texts = [
      kubescape(['scan']).stderr,
      kubescape(['scan', 'examples/shop']).stdout,
      kubescape(['scan', 'examples/shop', '-f', 'json,pretty-printer']).stderr,
    ]
    const mentioned = texts.flatMap((text) => [...text.matchAll(/(?<![\w-])--[a-z][\w-]+/g)].map(([flag]) => flag))
    expect(mentioned).toContain('--as-cluster')
    expect([...new Set(mentioned)].filter((flag) => !known.has(flag))).toEqual([])
  })
})

describe('the sources run as the bundle does', () => {
  const env = { KUBESCAPE_FROM_SOURCE: '1' }

  test.each([
    ['version'],
    ['help', 'scan'],
    ['list', 'frameworks'],
    ['completion', 'bash'],
    ['scan', 'examples/shop'],
    ['scan', 'framework', 'nsa', 'examples/shop', '-v'],
    ['scan', 'nothing.yaml'],
    ['scan', 'examples/shop', '--severity-threshold', 'high'],
  ])('kubescape %s %s %s %s', (...typed) => {
    const args = typed.filter((word) => typeof word === 'string')
    const source = run(launcher, args, { cwd: root, env })
    const bundle = run(launcher, args, { cwd: root, env: { KUBESCAPE_FROM_SOURCE: '' } })
    // Only the bundle knows its commit and date.
    const plain = (text: string): string => text.replace(/^(kubescape v\S+) \(.*\)$/m, '$1')
    expect({ ...source, stdout: plain(source.stdout) }).toEqual({ ...bundle, stdout: plain(bundle.stdout) })
  })
})
