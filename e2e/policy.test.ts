/** Policies of one's own: evaluated, tested, checked, laid out, measured and started from the command line. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, writeFiles } from './folder.ts'
import { kubescape, type Run } from './kubescape.ts'

const folder = temporaryFolder()
writeFiles(folder, {
  'shop.rego': `package shop

deny contains message if {
	some container in input.spec.containers
	endswith(container.image, ":latest")
	print("looking at", container.image)
	message := sprintf("%s moves", [container.image])
}

allow if count(deny) == 0

limit := data.limits.most

ratio := 1 / input.none if input.none == 0

forever if {
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == -1
}
`,
  'shop_test.rego': `package shop_test

import data.shop

test_moving if {
	shop.deny == {"web:latest moves"} with input as {"spec": {"containers": [{"image": "web:latest"}]}}
}

test_fixed if shop.allow with input as {"spec": {"containers": [{"image": "web:1"}]}}
`,
  'failing_test.rego': `package failing_test

test_wrong if {
	found := 1 + 1
	found == 3
}

todo_test_later if false

test_cases[name] if {
	some name, wanted in {"one": 1, "two": 2}
	wanted == 1
}

test_error if numbers.range(1, 10)[20] / 0 == 1
`,
  'pod.json': '{"spec": {"containers": [{"image": "web:latest"}, {"image": "db:15.0"}]}}',
  'pod.yaml': 'spec:\n  containers:\n    - image: web:latest\n',
  'limits/limits/data.json': '{"most": 2.50, "list": [1e3, 12345678901234567890]}',
  'more.yaml': 'extra: {a: 1}\n',
  'old.rego': 'package old\n\np[x] { x := input.a }\n',
  'broken.rego': 'package broken\n\np if {\n\tx == 1\n}\n\nq := z\n',
  'broken.json': '{"a": [1,}',
  'unread.rego': 'package unread\n\np if {\n',
  'ugly.rego': 'package ugly\nimport rego.v1\np   if { input.a\ninput.b }\n',
  'tidy.rego': 'package tidy\n\np := 1\n',
})

function policy(typed: readonly string[], stdin?: string): Run {
  return kubescape(['policy', ...typed], { cwd: folder, ...(stdin === undefined ? {} : { stdin }) })
}

const EVAL = ['eval', '-d', 'shop.rego', '-i', 'pod.json']

describe('policy eval', () => {
  test('prints solutions as JSON, as opa does, and what is printed on standard error', () => {
    const { code, stdout, stderr } = policy([...EVAL, 'x := data.shop.deny; 1 < 2'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'looking at web:latest\n' })
    expect(JSON.parse(stdout)).toEqual({
      result: [
        {
          expressions: [
            { value: true, text: 'x := data.shop.deny', location: { row: 1, col: 1 } },
            { value: true, text: '1 < 2', location: { row: 1, col: 22 } },
          ],
          bindings: { x: ['web:latest moves'] },
        },
      ],
    })
  })

  test('a result that nobody can write is refused', () => {
    const pairs = Array.from({ length: 40 }, (_, place) => `v${place + 1} := [v${place}, v${place}]`)
    const { code, stderr } = policy(['eval', ['v0 := [1]', ...pairs].join('; ')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error: the result has more than \d+ parts\n/)
  })

  test.each([
    ['pretty', 'data.shop.deny', '[\n  "web:latest moves"\n]\n'],
    ['pretty', 'data.shop.allow', 'undefined\n'],
    ['raw', 'data.shop.deny[x]', 'web:latest moves\n'],
    ['values', 'count(data.shop.deny)', '[\n  1\n]\n'],
    ['bindings', 'data.shop.deny[x]', '{\n  "x": "web:latest moves"\n}\n'],
  ])('as %s: %s', (format, query, expected) => {
    expect(policy([...EVAL, '-f', format, query])).toMatchObject({ code: 0, stdout: expected })
  })

  test('reads input from standard input and YAML, and data from folders, with numbers as they are', () => {
    expect(policy(['eval', '-f', 'raw', '-i', '-', 'input.a'], '{"a": 1.0}').stdout).toBe('1.0\n')
    expect(policy(['eval', '-f', 'raw', '-d', 'shop.rego', '-i', 'pod.yaml', 'data.shop.deny[_]']).stdout).toBe(
      'web:latest moves\n',
    )
    const data = ['eval', '-f', 'raw', '-d', 'shop.rego', '-d', 'limits', '--data-file', 'more.yaml']
    expect(policy([...data, '[data.shop.limit, data.limits.list, data.extra.a]']).stdout).toBe(
      '[2.50,[1e3,12345678901234567890],1]\n',
    )
  })

  test('reads Rego v0, and says so', () => {
    const { code, stdout, stderr } = policy([
      'eval',
      '-d',
      'old.rego',
      '-f',
      'raw',
      'data.old.p with input as {"a": 1}',
    ])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[1]\n' })
    expect(stderr).toBe('Read as Rego v0, since they are not v1: old.rego\n')
    expect(policy(['eval', '--v0-compatible', '-d', 'old.rego', '1']).stderr).toBe('')
  })

  test('profile and coverage stand beside the result', () => {
    const { result, profile, coverage } = JSON.parse(
      policy([...EVAL, '--profile', '--coverage', 'data.shop.deny']).stdout,
    ) as {
      result: unknown[]
      profile: { steps: number; num_eval: number; location: { file: string; row: number } }[]
      coverage: { coverage: number; files: Record<string, { covered: { start: { row: number } }[] }> }
    }
    expect(result).toHaveLength(1)
    expect(profile.map(({ location }) => location.row)).toContain(5)
    expect(profile.map(({ steps }) => steps)).toEqual(profile.map(({ steps }) => steps).toSorted((a, b) => b - a))
    expect(coverage.files['shop.rego']?.covered[0]?.start.row).toBe(3)
    expect(coverage.coverage).toBeGreaterThan(20)
    expect(coverage.coverage).toBeLessThan(80)
    expect(policy([...EVAL, '--profile', '-f', 'pretty', 'data.shop.deny']).stdout).toMatch(/shop\.rego:5/)
  })

  test.each([
    [['--fail', 'data.shop.allow'], 1],
    [['--fail', 'data.shop.deny'], 0],
    [['--fail-defined', 'data.shop.deny'], 1],
    [['--fail-defined', 'data.shop.allow'], 0],
    [['data.shop.allow'], 0],
  ])('%j ends with %i', (args, code) => {
    expect(policy([...EVAL, ...args]).code).toBe(code)
  })

  test('errors of builtins count where they are strict', () => {
    const division = ['eval', '-d', 'shop.rego', '-i', '-', 'data.shop.ratio']
    expect(policy(division, '{"none": 0}')).toMatchObject({ code: 0, stdout: '{}\n' })
    const strict = policy([...division, '--strict-builtin-errors'], '{"none": 0}')
    expect(strict.code).toBe(1)
    expect(JSON.parse(strict.stdout)).toMatchObject({
      errors: [{ code: 'eval_builtin_error', location: { file: 'shop.rego', row: 14 } }],
    })
  })

  test('a policy without end is stopped after a number of steps', () => {
    const { code, stdout } = policy([...EVAL, '--limit-steps', '10000', 'data.shop.forever'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code: 'eval_limit_error' }] })
  })

  test.each([
    ['a broken policy', ['eval', '-f', 'pretty', '-d', 'broken.rego', '1'], /broken\.rego:4:2: rego_unsafe_var_error/],
    ['a broken query', [...EVAL, '-f', 'pretty', 'data.shop.deny['], /rego_parse_error/],
    ['an empty query', [...EVAL, ''], /the query is empty/],
    ['no such file', ['eval', '-d', 'none', '1'], /--data none cannot be read/],
    ['no such input', ['eval', '-i', 'none', '1'], /--input none cannot be read/],
    ['a broken input', ['eval', '-i', 'broken.json', '1'], /--input broken\.json:\d+:\d+: /],
    ['an unknown format', [...EVAL, '-f', 'xml', '1'], /--format does not know "xml"/],
    ['no number of steps', [...EVAL, '--limit-steps', 'many', '1'], /--limit-steps is "many"/],
  ])('%s is said', (_, args, message) => {
    const { code, stdout, stderr } = policy(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

test('policy bench tells times, and counts that are the same everywhere', () => {
  const bench = ['bench', '-d', 'shop.rego', '-i', 'pod.json', '--count', '20', 'data.shop.allow']
  const [first, second] = [policy([...bench, '-f', 'json']), policy([...bench, '-f', 'json'])].map(
    ({ stdout }) => JSON.parse(stdout) as Record<string, number>,
  )
  expect(first).toMatchObject({ evaluations: 20, solutions: 0 })
  expect(first?.['steps_per_evaluation']).toBe(second?.['steps_per_evaluation'])
  for (const name of ['load_ns', 'ns_per_evaluation', 'ns_median']) expect(first?.[name]).toBeGreaterThan(0)
  expect(policy(bench).stdout).toMatch(/│ evaluations +│ 20 +│/)
  expect(policy([...bench.slice(0, -1), 'data.']).code).toBe(1)
})

describe('policy test', () => {
  const PASSING = ['test', 'shop.rego', 'shop_test.rego']

  test('passes in silence, and tells all when verbose', () => {
    expect(policy(PASSING)).toMatchObject({ code: 0, stdout: 'PASS: 2/2\n' })
    const { stdout } = policy([...PASSING, '-v'])
    expect(stdout.replaceAll(/\([\d.]+.s\)/g, '(T)')).toBe(
      `shop_test.rego:\ndata.shop_test.test_moving: PASS (T)\n  | looking at web:latest\ndata.shop_test.test_fixed: PASS (T)\n${'-'.repeat(80)}\nPASS: 2/2\n`,
    )
  })

  test('tells of failures where they are, and which values were there', () => {
    const { code, stdout } = policy(['test', 'failing_test.rego'])
    expect(code).toBe(1)
    expect(stdout.replaceAll(/\([\d.]+.s\)/g, '(T)')).toContain(
      'data.failing_test.test_wrong: FAIL (T)\n  failing_test.rego:5: found == 3\n    found = 2\n',
    )
    expect(stdout).toContain('data.failing_test.todo_test_later: SKIPPED\n')
    expect(stdout).toMatch(/data\.failing_test\.test_cases: FAIL .*\n {2}two: FAIL\n/)
    expect(stdout).toMatch(/PASS: 1\/5\nFAIL: 3\/5\nSKIPPED: 1\/5\n$/)
  })

  test('as JSON, in the layout of opa', () => {
    const tests = JSON.parse(policy(['test', 'failing_test.rego', '-f', 'json']).stdout) as Record<string, unknown>[]
    expect(tests.map(({ name, fail, skip }) => ({ name, fail, skip }))).toEqual([
      { name: 'test_wrong', fail: true, skip: undefined },
      { name: 'todo_test_later', fail: undefined, skip: true },
      { name: 'test_cases', fail: true, skip: undefined },
      { name: 'test_error', fail: true, skip: undefined },
    ])
    expect(tests[0]).toMatchObject({
      package: 'data.failing_test',
      location: { file: 'failing_test.rego', row: 3, col: 1 },
    })
    expect(tests[2]).toMatchObject({ sub_results: { one: { name: 'one' }, two: { name: 'two', fail: true } } })
  })

  test('as JUnit, for pipelines', () => {
    const { code, stdout } = policy(['test', 'failing_test.rego', 'shop.rego', 'shop_test.rego', '-f', 'junit'])
    expect(code).toBe(1)
    const parser = new XMLParser({ ignoreAttributes: false })
    const { testsuites } = parser.parse(stdout) as {
      testsuites: { testsuite: { '@_name': string; '@_tests': string; '@_failures': string; '@_skipped': string }[] }
    }
    expect(
      testsuites.testsuite.map((suite) => [suite['@_name'], suite['@_tests'], suite['@_failures'], suite['@_skipped']]),
    ).toEqual([
      ['data.failing_test', '4', '3', '1'],
      ['data.shop_test', '2', '0', '0'],
    ])
  })

  test('runs what --run names, and warns of nothing', () => {
    expect(policy(['test', '.', '--run', 'shop_test.*fixed']).code).toBe(1)
    expect(policy([...PASSING, '-r', 'fixed'])).toMatchObject({ code: 0, stdout: 'PASS: 1/1\n' })
    expect(policy([...PASSING, '-r', 'none'])).toMatchObject({
      code: 0,
      stdout: 'PASS: 0/0\n',
      stderr: 'There are no tests: their names begin with test_.\n',
    })
    expect(policy([...PASSING, '-r', '(']).stderr).toContain('--run cannot be read')
  })

  test('coverage is JSON, and too little of it fails', () => {
    const { code, stdout } = policy([...PASSING, '--coverage'])
    expect(code).toBe(0)
    const { files, coverage } = JSON.parse(stdout) as {
      files: Record<string, { not_covered?: { start: { row: number } }[] }>
      coverage: number
    }
    expect(files['shop.rego']?.not_covered?.map(({ start }) => start.row)).toContain(12)
    expect(policy([...PASSING, '--threshold', String(Math.floor(coverage))]).code).toBe(0)
    const low = policy([...PASSING, '--threshold', '100'])
    expect(low).toMatchObject({ code: 1, stdout: '' })
    expect(low.stderr).toMatch(/Coverage is .*less than 100%/)
  })

  test('a test without end is stopped', () => {
    writeFiles(folder, {
      'slow_test.rego':
        'package slow_test\n\ntest_slow if {\n\tsome a in numbers.range(1, 9999)\n\tsome b in numbers.range(1, 9999)\n\ta * b == -1\n}\n',
    })
    const { code, stdout } = policy(['test', 'slow_test.rego', '--limit-steps', '100000'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/test_slow: ERROR .*\n {2}.*eval_limit_error/)
  })
})

describe('policy check', () => {
  test('tells of everything that is wrong with its place', () => {
    const { code, stdout, stderr } = policy(['check', 'broken.rego', 'unread.rego'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^broken\.rego:4:2: rego_unsafe_var_error: .*x/m)
    expect(stderr).toMatch(/^broken\.rego:7:\d+: rego_unsafe_var_error: .*z/m)
    expect(stderr).toMatch(/^unread\.rego:\d+:\d+: rego_parse_error/m)
    expect(JSON.parse(policy(['check', 'broken.rego', '-f', 'json']).stdout)).toMatchObject({
      errors: [{ code: 'rego_unsafe_var_error', location: { file: 'broken.rego', row: 4 } }, {}],
    })
  })

  test('says that nothing is wrong, unless it is strict', () => {
    writeFiles(folder, { 'unused.rego': 'package unused\n\nimport data.foo\n\np := 1\n' })
    expect(policy(['check', 'shop.rego', 'shop_test.rego'])).toMatchObject({
      code: 0,
      stdout: '2 files: nothing is wrong\n',
    })
    expect(policy(['check', 'unused.rego']).code).toBe(0)
    expect(policy(['check', '--strict', 'unused.rego'])).toMatchObject({ code: 1 })
  })

  test('without policies there is nothing to check', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })
    expect(policy(['check', 'empty'])).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('policy fmt', () => {
  const TIDY = 'package ugly\n\nimport rego.v1\n\np if {\n\tinput.a\n\tinput.b\n}\n'

  test('prints what it lays out', () => {
    expect(policy(['fmt', 'ugly.rego'])).toEqual({ code: 0, stdout: TIDY, stderr: '' })
    expect(policy(['fmt'], 'package a\nx   :=   1\n').stdout).toBe('package a\n\nx := 1\n')
  })

  test('lists, shows and refuses what would change', () => {
    expect(policy(['fmt', '-l', 'ugly.rego', 'tidy.rego'])).toMatchObject({ code: 0, stdout: 'ugly.rego\n' })
    expect(policy(['fmt', '-d', 'ugly.rego']).stdout).toContain('-p   if { input.a\n-input.b }\n+\n+p if {\n')
    expect(policy(['fmt', '--fail', 'ugly.rego'])).toMatchObject({ code: 1, stdout: '' })
    expect(policy(['fmt', '--fail', 'tidy.rego'])).toMatchObject({ code: 0, stdout: '' })
    expect(policy(['fmt', '-l', 'unread.rego', 'ugly.rego'])).toMatchObject({ code: 1, stdout: 'ugly.rego\n' })
  })

  test('writes into files, and through links', () => {
    const place = join(folder, 'written')
    writeFiles(place, { 'ugly.rego': 'package ugly\nimport rego.v1\np   if { input.a\ninput.b }\n' })
    symlinkSync(join(place, 'ugly.rego'), join(place, 'link.rego'))
    expect(policy(['fmt', '-w', 'written/link.rego'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(join(place, 'ugly.rego'), 'utf8')).toBe(TIDY)
    expect(readdirSync(place).toSorted()).toEqual(['link.rego', 'ugly.rego'])
    expect(policy(['fmt', '-w'], '').stderr).toContain('--write needs files')
  })
})

describe('policy new', () => {
  test.each(['rego', 'cel'])('starts a control in %s that can be checked, tested and scanned with', (language) => {
    const id = `${language}-owner`
    const made = policy(['new', id, '--language', language])
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const commands = [...made.stdout.matchAll(/^ {2}kubescape (.*)$/gm)].map(([, line = '']) => line.split(' '))
    expect(commands).toHaveLength(language === 'rego' ? 3 : 2)
    for (const args of commands) {
      const { code, stdout } = kubescape(args, { cwd: folder })
      expect({ args, code }).toEqual({ args, code: 0 })
      if (args[0] === 'scan') expect(stdout).toContain('50%')
    }
    expect(policy(['new', id]).stderr).toContain('is there already')
  })

  test('names packages so that Rego can', () => {
    policy(['new', 'default'])
    expect(policy(['test', 'default'])).toMatchObject({ code: 0, stdout: 'PASS: 2/2\n' })
  })

  test('refuses what is no id', () => {
    expect(policy(['new', '1-2'])).toMatchObject({ code: 1, stdout: '' })
    expect(policy(['new', 'c-0057']).stderr).toContain('is the id of a built-in control')
    expect(policy(['new', 'x', '--language', 'lua']).stderr).toContain('--language does not know "lua"')
  })
})
