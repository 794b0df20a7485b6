/** JUnit: the schema of Jenkins, and the walk of actions that make pull requests of such reports. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { expect } from 'vitest'
import { validateXML } from 'xmllint-wasm'

import { textOf, verdictsOf, type Validate } from './validator.ts'

const schema = readFileSync(join(import.meta.dirname, '../schemas/junit-10.xsd'), 'utf8')

interface Explained {
  readonly '@_message'?: string
  readonly '#text'?: string
}

interface Case {
  readonly '@_name': string
  readonly '@_classname': string
  readonly failure?: readonly Explained[]
  readonly skipped?: readonly Explained[]
  readonly 'system-out'?: readonly string[]
}

interface Suite {
  readonly '@_name': string
  readonly '@_tests': string
  readonly '@_failures': string
  readonly '@_skipped': string
  readonly properties: readonly { readonly property: readonly { '@_name': string; '@_value': string }[] }[]
  readonly testcase?: readonly Case[]
}

/** The suites, as a program reads them that takes lists for granted. */
export function readJunit(text: string): readonly Suite[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    trimValues: false,
    parseTagValue: false,
    alwaysCreateTextNode: false,
    isArray: (name) => /^(?:testsuite|testcase|failure|skipped|system-out|properties|property)$/.test(name),
    processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
  })
  const { testsuites } = parser.parse(text) as { testsuites: { testsuite: readonly Suite[] } }
  return testsuites.testsuite
}

/** Frameworks as suites, controls as cases, resources as lines; the numbers of the attributes are true. */
export const validateJunit: Validate = async (output, { report }) => {
  const text = textOf(output)
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: text }],
    schema: [{ fileName: 'junit-10.xsd', contents: schema }],
    maxMemoryPages: 8192,
  })
  expect(errors).toEqual([])
  expect(valid).toBe(true)
  const suites = readJunit(text)
  expect(suites.map((suite) => suite['@_name'])).toEqual(
    report.frameworks.length === 0 ? ['kubescape'] : report.frameworks.map(({ name }) => name),
  )
  for (const [at, suite] of suites.entries()) {
    const controls = report.frameworks[at]?.controls ?? report.controls
    const cases = suite.testcase ?? []
    expect(cases).toHaveLength(controls.length)
    const [failed, skipped] = ['failed', 'skipped'].map((status) => controls.filter((each) => each.status === status))
    expect([suite['@_tests'], suite['@_failures'], suite['@_skipped']].map(Number)).toEqual([
      controls.length,
      failed?.length,
      skipped?.length,
    ])
    expect(cases.filter(({ failure }) => failure !== undefined)).toHaveLength(failed?.length ?? 0)
    expect(cases.filter((each) => each.skipped !== undefined)).toHaveLength(skipped?.length ?? 0)
    const lines = cases.flatMap(({ failure = [] }) =>
      failure.flatMap((each) => (each['#text'] ?? '').split('\n').filter((line) => line.startsWith('apiVersion: '))),
    )
    expect(lines).toHaveLength(verdictsOf(report, ['failed'], controls).length)
    const told = cases.flatMap((each) => each['system-out'] ?? []).flatMap((outputText) => outputText.split('\n'))
    const excluded = verdictsOf(report, ['excluded'], controls)
    expect(told.filter((line) => line.startsWith('excluded: '))).toHaveLength(excluded.length)
  }
}
