import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from './folder.ts'
import { scanJson, type JsonReport, type ReportedResource } from './json-report.ts'
import { kubescape } from './kubescape.ts'
import { CASES, type MalformedCase } from './malformed/cases.ts'

const NEIGHBOUR = podYaml('neighbour')
/** So many cases share a directory: no more problems than a scan prints. */
const TOGETHER = 14

const table = CASES.map((each, at) => [each.name, each, at] as const)

function fileOf({ file = 'input.yaml' }: MalformedCase): string {
  return file
}

/** Names need not be texts; no name is the empty text. */
function nameOf({ metadata }: ReportedResource['object']): string {
  const name: unknown = metadata?.name ?? ''
  return typeof name === 'string' ? name : JSON.stringify(name)
}

/** Names of the objects of a file, in the order of the file. */
function judgedNames(report: JsonReport, file: string): string[] {
  return report.resources.filter(({ source }) => source?.path === file).map(({ object }) => nameOf(object))
}

/** Names of the objects of a file that C-0016 has judged. */
function verdictNames(report: JsonReport, file: string): string[] {
  const { resourceIDs } = report.summaryDetails.controls['C-0016']!
  return report.resources
    .filter(({ source, resourceID }) => source?.path === file && Object.hasOwn(resourceIDs, resourceID))
    .map(({ object }) => nameOf(object))
}

function problemsOf(report: JsonReport, file: string): (readonly [string, number | undefined])[] {
  return report.scanCoverage.problems
    .filter((each) => each.file === file)
    .map(({ code, line }) => [code, line] as const)
}

/** Problems are a place, a sentence and what to do: no stack, no usage, nothing that moves the cursor. */
function expectTidy(stderr: string): void {
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+\)?$|node:internal|Usage:|undefined|broke off|This is a bug/m)
  // oxlint-disable-next-line no-control-regex -- these are the characters to look for
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/)
}

/** Lines of a problem: those from its place up to the next line that is not indented. */
function linesAt(stderr: string, place: string): string[] {
  const lines = stderr.split('\n')
  const first = lines.findIndex((line) => line.startsWith(place))
  if (first < 0) return []
  const length = lines.slice(first + 1).findIndex((line) => !line.startsWith(' '))
  return lines.slice(first, first + 1 + length)
}

function expectProblems(stderr: string, file: string, { problems }: MalformedCase): void {
  for (const [, line] of problems) {
    const lines = linesAt(stderr, `${file}:${line}:`)
    expect(lines.length).toBeGreaterThanOrEqual(1)
    expect(lines.length).toBeLessThanOrEqual(3)
  }
}

describe('named on the command line', () => {
  const folder = temporaryFolder()

  test.each(table.filter(([, { problems }]) => problems.length > 0))('%s', (_, each, at) => {
    const file = `${at}/${fileOf(each)}`
    writeFiles(folder, { [file]: each.content, 'neighbour.yaml': NEIGHBOUR })
    const { code, stderr, report } = scanJson(['scan', file, 'neighbour.yaml'], { cwd: folder })

    expect(code).toBe(1)
    expect(problemsOf(report, file)).toEqual(each.problems)
    expectProblems(stderr, file, each)
    expectTidy(stderr)
    expect(stderr.split('\n').length - 1).toBeLessThanOrEqual(3 * each.problems.length + 2)
    expect(judgedNames(report, file)).toEqual(each.judged)
    expect(verdictNames(report, 'neighbour.yaml')).toEqual(['neighbour'])
    if (each.judged.includes('good')) expect(verdictNames(report, file)).toContain('good')
  })

  test('what only looks odd is read, and nothing is said about it', () => {
    const fine = table.filter(([, { problems }]) => problems.length === 0)
    for (const [, each, at] of fine) writeFiles(folder, { [`${at}/${fileOf(each)}`]: each.content })
    const files = fine.map(([, each, at]) => `${at}/${fileOf(each)}`)
    const { code, stderr, report } = scanJson(['scan', ...files], { cwd: folder })

    expect(code).toBe(0)
    expect(stderr).toMatch(/^Overall compliance score: \d+%\n$/)
    expect(report.scanCoverage.problems).toEqual([])
    for (const [at, file] of files.entries()) {
      const [name, { judged }] = fine[at]!
      expect({ name, judged: judgedNames(report, file) }).toEqual({ name, judged })
      if (judged.includes('good'))
        expect({ name, verdicts: verdictNames(report, file) }).toEqual({
          name,
          verdicts: expect.arrayContaining(['good']),
        })
    }
  })
})

describe('found in a directory', () => {
  const parent = temporaryFolder()
  const groups = Map.groupBy(table, ([, , at]) => Math.floor(at / TOGETHER))
  const named = [...groups.values()].map((group) => [group[0]![0], group] as const)

  test.each(named)('nothing that is broken costs more than itself: %s and others', (_, group) => {
    const folder = join(parent, String(group[0]![2]))
    for (const [, each, at] of group) {
      writeFiles(folder, { [`${at}/${fileOf(each)}`]: each.content, [`${at}/neighbour.yaml`]: NEIGHBOUR })
    }
    const { code, stderr, report } = scanJson(['scan', '.'], { cwd: folder })

    expect(code).toBe(0)
    expectTidy(stderr)
    for (const [name, each, at] of group) {
      const file = `${at}/${fileOf(each)}`
      expect({ name, problems: problemsOf(report, file) }).toEqual({ name, problems: each.problems })
      expect({ name, judged: judgedNames(report, file) }).toEqual({ name, judged: each.judged })
      expect(verdictNames(report, `${at}/neighbour.yaml`)).toEqual(['neighbour'])
      expectProblems(stderr, file, each)
    }
  })
})

describe('on standard input', () => {
  const broken = CASES.find(({ name }) => name === 'middle document broken')!

  test('a broken document is named, and the others are judged', () => {
    const { code, stderr, report } = scanJson(['scan', '-'], { stdin: String(broken.content) })
    expect(code).toBe(1)
    expectProblems(stderr, '-', broken)
    expect(judgedNames(report, '-')).toEqual(broken.judged)
  })

  test('nothing at all is an error that says so', () => {
    const { code, stdout, stderr } = kubescape(['scan', '-'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('no Kubernetes resource was found')
    expectTidy(stderr)
  })
})

describe('many problems', () => {
  const folder = temporaryFolder()

  test('after twenty only their number is told, and all of them are in the report', () => {
    writeFiles(folder, { 'many/many.yaml': `${'a: [\n---\n'.repeat(30)}${NEIGHBOUR}` })
    const { code, stderr, report } = scanJson(['scan', join(folder, 'many')])
    expect(code).toBe(0)
    expect(stderr.match(/many\.yaml:\d+:\d+/g)).toHaveLength(20)
    expect(stderr).toContain('10 more problems like these')
    expect(report.scanCoverage.problems).toHaveLength(30)
  })

  test('the report for people tells their number', () => {
    writeFiles(folder, { 'few/a.yaml': `a: [\n---\n${NEIGHBOUR}`, 'few/b.yaml': 'b: "' })
    const { stdout } = kubescape(['scan', join(folder, 'few')])
    expect(stdout).toMatch(/2 documents could not be read/)
  })
})
