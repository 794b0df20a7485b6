import { describe, expect, test } from 'vitest'

import { packed } from '../../testing/archives.ts'
import { bytesOf, chartOf, type Texts } from '../../testing/charts.ts'
import { loadChart, type LoadOptions } from './load-chart.ts'

const DB = 'apiVersion: v2\nname: db\nversion: 0.1.0\n'

function errorOf(texts: Texts, options: LoadOptions = {}): string | undefined {
  return loadChart(bytesOf(texts), options).error?.message
}

describe('a chart', () => {
  test('has templates, files, values and charts below it', () => {
    const chart = chartOf({
      'templates/a.yaml': '',
      'crds/b.yaml': '',
      'README.md': '',
      'values.yaml': 'a: 1',
      'charts/db/Chart.yaml': DB,
      'charts/db/templates/c.yaml': '',
      'charts/_off/Chart.yaml': DB,
      'charts/notes.txt': '',
    })
    expect(chart.templates.map(({ name }) => name)).toEqual(['templates/a.yaml'])
    expect(chart.files.map(({ name }) => name)).toEqual(['README.md', 'crds/b.yaml'])
    expect(chart.dependencies.map(({ metadata, folder }) => [metadata.name, folder])).toEqual([['db', 'charts/db/']])
  })

  test('may have packed charts below it', () => {
    const files = bytesOf({})
    files.set('charts/db-0.1.0.tgz', packed([{ name: 'db/Chart.yaml', content: DB }]))
    const { chart } = loadChart(files)
    expect(chart?.dependencies.map(({ folder }) => folder)).toEqual(['charts/db-0.1.0.tgz/'])
  })

  test('is loaded without byte order marks and without what .helmignore names', () => {
    const chart = chartOf({ '.helmignore': 'notes', notes: 'x', 'values.yaml': '\u{feff}a: 1' })
    expect(chart.files.map(({ name }) => name)).toEqual(['.helmignore'])
    expect(chart.values?.dict.get('a')).toBe(1)
  })

  test('of version 1 has its dependencies in requirements.yaml', () => {
    const chart = chartOf({
      'Chart.yaml': 'name: web\nversion: 1',
      'requirements.yaml': 'dependencies: [{name: db, version: ~1.2, alias: store}]',
    })
    expect(chart.metadata.apiVersion).toBe('v1')
    expect(chart.metadata.dependencies).toMatchObject([{ name: 'db', version: '~1.2', alias: 'store' }])
    expect(chart.files.map(({ name }) => name)).toEqual(['requirements.yaml'])
  })

  test('takes numbers for texts, and names in any case', () => {
    const { metadata } = chartOf({
      'Chart.yaml': 'Name: web\nversion: 1.10\nappVersion: 20230101\ndescription: "a\\nb"',
    })
    expect(metadata).toMatchObject({ name: 'web', version: '1.1', appVersion: '20230101', description: 'a b' })
  })

  test.each([
    ['name: web', 'validation: chart.metadata.version is required'],
    ['version: 1.0.0', 'validation: chart.metadata.name is required'],
    ['name: a/b\nversion: 1.0.0', 'validation: chart.metadata.name "a/b" is invalid'],
    ['name: web\nversion: one', 'validation: chart.metadata.version "one" is invalid'],
    ['name: web\nversion: 1.0.0\ntype: other', 'validation: chart.metadata.type must be application or library'],
    [
      'name: web\nversion: 1.0.0\ndependencies: [{name: a}, {name: a}]',
      'validation: more than one dependency with name or alias "a"',
    ],
    [
      'name: web\nversion: 1.0.0\ndependencies: [{name: a, alias: b/c}]',
      'validation: dependency "a" has disallowed characters in the alias',
    ],
    [
      'name: {a: b}\nversion: 1.0.0',
      'cannot load Chart.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go struct field Metadata.name of type string',
    ],
  ])('is refused for %j', (text, message) => {
    expect(errorOf({ 'Chart.yaml': text })).toBe(message)
  })

  test('tells which chart below it is wrong', () => {
    expect(errorOf({ 'charts/db/templates/a.yaml': '' })).toBe(
      'error unpacking subchart db in web: Chart.yaml file is missing',
    )
    expect(errorOf({ 'charts/db/Chart.yaml': DB, 'charts/db/values.yaml': '- a' })).toBe(
      'error unpacking subchart db in web: cannot load values.yaml: error unmarshaling JSON: while decoding JSON: ' +
        'json: cannot unmarshal array into Go value of type map[string]interface {}',
    )
  })

  test('takes charts that lie beside it, and theirs', () => {
    const texts = new Map<string, Texts>([
      ['../db', { 'Chart.yaml': `${DB}dependencies: [{name: base, repository: "file://../base"}]` }],
      ['../base', { 'Chart.yaml': 'name: base\nversion: 1.0.0' }],
    ])
    const { chart } = loadChart(
      bytesOf({ 'Chart.yaml': 'name: web\nversion: 1.0.0\ndependencies: [{name: db, repository: "file://../db"}]' }),
      {
        localChart: (path) => {
          const found = texts.get(path)
          return found && bytesOf(found)
        },
      },
    )
    expect(chart?.dependencies[0]).toMatchObject({ folder: '../db/', dependencies: [{ folder: '../base/' }] })
  })

  test('that lies beside itself is not loaded without an end', () => {
    const text = 'name: web\nversion: 1.0.0\ndependencies: [{name: db, repository: "file://."}]'
    const localChart = () => bytesOf({ 'Chart.yaml': text })
    expect(errorOf({ 'Chart.yaml': text }, { localChart })).toBe('charts are nested deeper than 20 levels')
  })

  test('is bounded in bytes, files and depth', () => {
    expect(errorOf({ a: 'x'.repeat(100) }, { limits: { fileBytes: 50 } })).toContain('maximum file size 50')
    expect(errorOf({ a: 'x'.repeat(100) }, { limits: { chartBytes: 50 } })).toContain('larger than 50 bytes')
    expect(errorOf({ a: '', b: '' }, { limits: { files: 2 } })).toContain('more than 2 files')
    const deep = {
      [`${'charts/db/'.repeat(3)}Chart.yaml`]: DB,
      'charts/db/Chart.yaml': DB,
      'charts/db/charts/db/Chart.yaml': DB,
    }
    expect(errorOf(deep, { limits: { chartDepth: 2 } })).toContain('nested deeper than 2 levels')
  })
})
