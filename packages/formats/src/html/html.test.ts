/** The page over five reports says everything that they say; that its markup is sound is in the table of formats. */
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'

import { readMarkup, type Markup } from '../../testing/markup.ts'
import { contextOf, sample, SAMPLE_NAMES, type Sample } from '../../testing/reports.ts'
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './assets.ts'
import { render } from './render.ts'

interface Rendered extends Markup {
  readonly sample: Sample
  readonly page: string
}

const pages = new Map<string, Rendered>()

beforeAll(async () => {
  for (const name of SAMPLE_NAMES) {
    const each = await sample(name)
    const page = [...render(each.report, contextOf(each))].join('')
    pages.set(name, { sample: each, page, ...readMarkup(page) })
  }
})

function rendered(name: string): Rendered {
  const page = pages.get(name)
  if (page === undefined) throw new Error(`there is no ${name}`)
  return page
}

describe.each(SAMPLE_NAMES)('the page of the report "%s"', (name) => {
  test('has links that lead somewhere within it', () => {
    const { elements } = rendered(name)
    const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
    const known = new Set(ids.map((id) => `#${id}`))
    const links = elements.flatMap(({ attributes }) => attributes.get('href') ?? [])
    expect(links.filter((link) => !known.has(link))).toEqual([])
  })

  test('has every control, and every failed or excluded verdict at its control and at its resource', () => {
    const {
      elements,
      sample: { report },
    } = rendered(name)
    expect(elements.filter(({ attributes }) => attributes.get('class') === 'control').length).toBe(
      report.controls.length,
    )
    const wanted = new Set<string>()
    for (const control of report.controls.entries()) {
      for (const { ref, status } of report.byControl(control[1])) {
        if (status === 'failed' || status === 'excluded') wanted.add(`${ref} ${control[0]} ${status}`)
      }
    }
    let resource = ''
    const noted = new Set<string>()
    for (const { attributes } of elements) {
      if (attributes.get('class') === 'resource') resource = attributes.get('data-r') ?? ''
      if (attributes.get('class') !== 'note' || attributes.get('data-s') === 'skipped') continue
      noted.add(`${resource} ${attributes.get('data-c')} ${attributes.get('data-s')}`)
    }
    expect(noted).toEqual(wanted)
  })
})

test('the policy allows exactly the style and the script of the page', () => {
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
  expect(STYLE_HASH).toBe(hash(STYLE))
  expect(SCRIPT_HASH).toBe(hash(SCRIPT))
  const { page } = rendered('one')
  expect(page).toContain(`<style>${STYLE}</style>`)
  expect(page).toContain(`<script>${SCRIPT}</script>`)
  expect(page).toContain(
    `content="default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'"`,
  )
})

test('a finding has its place, its source with the field marked, what is there and what should be', () => {
  const { page, text } = rendered('one')
  expect(page).toContain('<bdi>pod.yaml:11:9</bdi>')
  expect(page).toContain('<mark data-l="11">        <u>privileged</u>: true</mark>')
  expect(text).toMatch(/spec\.containers\[0\]\.securityContext\.privileged is true {2}?remove it|is true remove it/)
})

test('what exceptions accept is shown as excluded, with reason, owner and end', () => {
  const { page, text } = rendered('many')
  expect(text).toContain(
    'Accepted by the exception the agent owns its node: “It loads kernel modules.”, by platform, until 2027-01-01',
  )
  expect(page).toContain('<b class="tag excluded">Excluded</b>')
  expect(text).toMatch(/Compliance without exceptions/)
  expect(text).toMatch(/The score is \d+\.\d\d% because 1 accepted failure counts as compliant\./)
  expect(text).toContain('2 exceptions without effect')
  expect(page).toContain('<b class="tag flag">Expired</b>')
})

test('what was not read and not evaluated is told with its reason', () => {
  const { text } = rendered('many')
  expect(text).toContain('1 document could not be read')
  expect(text).toMatch(/Not evaluated: \d+ controls/)
  expect(text).toMatch(/apps\/cart\.yaml:\d+/)
  expect(text).toContain('Task (1)')
})

test('an empty report says that nothing was judged', () => {
  expect(rendered('empty').text).toContain('Nothing was judged')
})

test('hostile names are shown as they are, without their controls', () => {
  const { text, page } = rendered('hostile')
  expect(text).toContain('</td><script>alert(1)</script>')
  const controls = page.match(/[\p{Cs}\u202a-\u202e\u2028\u2029]|(?!\n)\p{Cc}/gu) ?? []
  expect(controls).toEqual([])
})

test('secrets are not in the page', () => {
  for (const name of ['many', 'hostile']) expect(rendered(name).page).not.toMatch(/not-a-real/)
})

test('texts of controls stand in the page once, however many findings there are', () => {
  const { page, sample: large } = rendered('large')
  const [words = ''] =
    large.report.controls.find(({ control }) => control.id === 'C-0057')?.control.why.split('`') ?? []
  expect(words.length).toBeGreaterThan(30)
  expect(page.split(words).length - 1).toBe(1)
  expect(page.length / 10_000).toBeLessThan(1500)
})
