/** The HTML report as people meet it: looked at by axe, walked through by keyboard, searched and filtered. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { podYaml, temporaryFolder, writeFiles } from '../folder.ts'
import { kubescape, root } from '../kubescape.ts'
import { startChromium } from './chromium.ts'
import { pods } from '../../packages/formats/testing/manifests.ts'
import { CLEAN, EXCEPTIONS, HOSTILE } from './manifests.ts'

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1440, height: 900 }

const folder = temporaryFolder()
let browser: Browser

/** Scans, and gives the address of the report. */
function report(name: string, ...paths: readonly string[]): string {
  const { code, stderr } = kubescape(['scan', ...paths, '--format', 'html', '--output', join(folder, name)])
  if (code !== 0) throw new Error(stderr)
  return pathToFileURL(join(folder, `${name}.html`)).href
}

const addresses = new Map<string, string>()

beforeAll(async () => {
  browser = await startChromium()
  mkdirSync(join(folder, 'in'), { recursive: true })
  writeFiles(folder, {
    'in/clean/pod.yaml': CLEAN,
    'exceptions.json': EXCEPTIONS,
    'in/one/pod.yaml': podYaml('plain'),
    'in/hostile/<img src=x onerror=alert(1)>.yaml': HOSTILE,
    ...Object.fromEntries(Object.entries(pods(60, 20)).map(([file, text]) => [`in/large/${file}`, text])),
  })
  addresses.set('shop', report('shop', join(root, 'examples/shop'), '--exceptions', join(folder, 'exceptions.json')))
  for (const name of ['clean', 'one', 'hostile', 'large']) {
    addresses.set(name, report(name, join(folder, 'in', name)))
  }
})

afterAll(() => browser.close())

/** A page with what it logged and asked for beyond itself. */
interface Visit {
  readonly page: Page
  readonly said: string[]
  readonly asked: string[]
}

async function visit(name: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: DESKTOP, ...options })
  const page = await context.newPage()
  const [said, asked]: [string[], string[]] = [[], []]
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('dialog', (dialog) => {
    said.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  const address = addresses.get(name) ?? ''
  page.on('request', (request) => {
    if (request.url() !== address) asked.push(request.url())
  })
  await page.goto(address)
  return { page, said, asked }
}

/** What axe has to say of everything that is to be seen, in short. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const found = await here.run({ resultTypes: ['violations'] })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

const told = (page: Page): Promise<string> => page.locator('#count').innerText()
const amount = (text: string): number => Number(text.replaceAll(',', '').split(' ')[0])

describe.each(['shop', 'clean', 'one', 'hostile', 'large'])('the report %s', (name) => {
  test('says nothing to the console and asks for nothing', async () => {
    const { page, said, asked } = await visit(name)
    await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
    await page.waitForTimeout(200)
    expect({ said, asked }).toEqual({ said: [], asked: [] })
    expect(await page.title()).toMatch(/Kubernetes security report$/)
    await page.context().close()
  })

  test.each([PHONE, DESKTOP])('is no wider than the window: $width', async (viewport) => {
    const { page } = await visit(name, { viewport })
    if (name !== 'large') {
      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
    }
    const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect(wide).toBeLessThanOrEqual(room ?? 0)
    await page.context().close()
  })
})

describe.each(['light', 'dark'] as const)('axe in the %s theme', (colorScheme) => {
  test.each([PHONE, DESKTOP])('finds nothing: $width', async (viewport) => {
    for (const name of ['shop', 'hostile']) {
      const { page } = await visit(name, { viewport, colorScheme })
      if (name === 'shop') expect(await violations(page)).toEqual([])
      await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
      expect(await violations(page)).toEqual([])
      await page.context().close()
    }
  })
})

describe('by keyboard alone', () => {
  test('from the skip link to the search, through a filter, into a finding', async () => {
    const { page } = await visit('shop')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the report')
    await press(page, 'Tab', '#find')
    await page.keyboard.type('privileged container')
    await expect.poll(() => told(page)).toMatch(/ of \d+ findings/)
    await press(page, 'Tab', 'input[name="severity"]')
    const before = amount(await told(page))
    await press(page, 'Tab', 'input[value="high"]')
    await page.keyboard.press('Space')
    await expect.poll(async () => amount(await told(page))).toBeLessThan(before)
    await page.keyboard.press('Space')
    await expect.poll(async () => amount(await told(page))).toBe(before)
    await press(page, 'Tab', '.resource > summary')
    await page.keyboard.press('Enter')
    const entry = page.locator('.resource[open]')
    expect(await entry.count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('.note') !== null)).toBe(true)
    await page.keyboard.press('Enter')
    // The page follows a link when the browser says that its address has changed.
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('.control[open] > summary'))).toBe(true)
    await page.context().close()
  })

  test('the theme changes', async () => {
    const { page } = await visit('shop', { colorScheme: 'light' })
    const colour = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const before = await colour()
    await press(page, 'Tab', '#theme')
    await page.keyboard.press('Enter')
    expect(await page.getAttribute('#theme', 'aria-pressed')).toBe('true')
    expect(await colour()).not.toBe(before)
    await page.context().close()
  })
})

/** Presses a key until what is wanted has the focus. */
async function press(page: Page, key: string, wanted: string): Promise<void> {
  for (let times = 0; times < 200; times++) {
    await page.keyboard.press(key)
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) === true, wanted)) return
  }
  throw new Error(`the focus never came to ${wanted}`)
}

describe('search and filters', () => {
  test('count what they leave, and take it back', async () => {
    const { page } = await visit('shop')
    const all = await told(page)
    const notes = (): Promise<number> => page.locator('.note:not([hidden])').count()
    const before = await notes()
    await page.fill('#find', 'C-0057')
    await expect.poll(() => told(page)).toMatch(/^2 of \d+ findings, 2 of \d+ resources, 1 of \d+ controls$/)
    expect(await page.locator('.control:not([hidden])').count()).toBe(1)
    expect(await page.locator('.resource:not([hidden])').count()).toBe(2)
    await page.fill('#find', 'there is no such thing')
    await expect.poll(() => told(page)).toMatch(/^0 of \d+ findings, 0 of \d+ resources, 0 of \d+ controls$/)
    await page.click('button[type="reset"]')
    await expect.poll(() => told(page)).toBe(all)
    expect(await notes()).toBe(before)
    await page.context().close()
  })

  test.each([
    [
      'framework',
      'WorkloadScan',
      () =>
        [...document.querySelectorAll('.control:not([hidden])')].every((each) =>
          each.getAttribute('data-f')?.split(' ').includes('0'),
        ),
    ],
    [
      'namespace',
      'shop',
      () =>
        [...document.querySelectorAll('.resource:not([hidden])')].every(
          (each) => each.getAttribute('data-n') === 'shop',
        ),
    ],
    [
      'kind',
      'Deployment',
      () =>
        [...document.querySelectorAll('.resource:not([hidden])')].every(
          (each) => each.getAttribute('data-k') === 'Deployment',
        ),
    ],
  ] as const)('%s leaves %s', async (id, label, holds) => {
    const { page } = await visit('shop')
    const all = await told(page)
    await page.selectOption(`#${id}`, { label })
    await expect.poll(() => told(page)).not.toBe(all)
    expect(await page.evaluate(holds)).toBe(true)
    expect(amount(await told(page))).toBeGreaterThan(0)
    await page.context().close()
  })

  test('statuses leave controls that passed', async () => {
    const { page } = await visit('shop')
    for (const status of ['failed', 'excluded', 'skipped']) await page.uncheck(`input[value="${status}"]`)
    const left = page.locator('.control:not([hidden])')
    expect(await left.count()).toBeGreaterThan(0)
    expect(await left.evaluateAll((each) => each.every((one) => one.getAttribute('data-s') === 'passed'))).toBe(true)
    await page.context().close()
  })

  test('what exceptions accept can be left alone, with reason and end', async () => {
    const { page } = await visit('shop')
    for (const status of ['failed', 'skipped', 'passed']) await page.uncheck(`input[value="${status}"]`)
    expect(await told(page)).toMatch(/^1 of \d+ findings, 1 of \d+ resources, 1 of \d+ controls$/)
    await page.click('.resource:not([hidden]) > summary')
    // What was out of sight has no text before it is drawn.
    const note = (): Promise<string> => page.locator('.note:visible').innerText()
    await expect.poll(note).toContain('Excluded')
    expect(await note()).toContain('It loads kernel modules.')
    expect(await note()).toContain('until 2099-03-31')
    await page.click('.note:visible .with a')
    await expect.poll(() => page.locator('#x0').innerText()).toContain('platform')
    await page.context().close()
  })

  test('a link to what filters hide shows it', async () => {
    const { page } = await visit('shop')
    await page.fill('#find', 'there is no such thing')
    await expect.poll(() => told(page)).toMatch(/^0 of/)
    await page.click('#workloads h3 a >> nth=0')
    await expect.poll(() => page.locator('.resource[open] > summary').innerText()).toContain('frontend')
    await expect.poll(() => told(page)).not.toMatch(/ of /)
    await page.context().close()
  })

  test('resources are ordered and grouped', async () => {
    const { page } = await visit('shop')
    await page.selectOption('#order', 'worst')
    const weights = await page
      .locator('.resource')
      .evaluateAll((each) => each.map((one) => Number(one.getAttribute('data-w'))))
    expect(weights).toEqual(weights.toSorted((a, b) => b - a))
    await page.selectOption('#order', 'kind')
    const headings = await page.locator('.group-name').allInnerTexts()
    expect(headings).toEqual(headings.toSorted((a, b) => a.localeCompare(b)))
    expect(headings).toContain('Deployment')
    await page.selectOption('#order', '')
    expect(await page.locator('.group-name').count()).toBe(0)
    await page.context().close()
  })
})

describe('without its script', () => {
  test('everything is there to be read, and no filter that would not work', async () => {
    const { page } = await visit('shop', { javaScriptEnabled: false })
    expect(await page.locator('#filters').isVisible()).toBe(false)
    expect(await page.locator('#theme').isVisible()).toBe(false)
    await page.click('.resource >> nth=1 >> summary')
    expect(await page.locator('.note:visible').count()).toBeGreaterThan(3)
    await page.context().close()
  })
})

describe('more than 10,000 findings', () => {
  test('load, are searched and filtered, and open all at once', async () => {
    const { page } = await visit('large')
    const all = amount(await told(page))
    expect(all).toBeGreaterThan(10_000)
    await page.fill('#find', 'web-3-7')
    await expect.poll(() => told(page)).toMatch(/ 1 of 1,200 resources/)
    await page.click('button[type="reset"]')
    await page.uncheck('input[value="low"]')
    const left = amount(await told(page))
    expect(left).toBeLessThan(all)
    expect(left).toBe(await page.evaluate(() => document.querySelectorAll('.concerned li:not([hidden]) > a').length))
    await page.click('#open')
    expect(await page.locator('.resource[open]').count()).toBe(1200)
    await page.context().close()
  })
})

test('on paper everything is open', async () => {
  const { page } = await visit('one')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('#filters').isVisible()).toBe(false)
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const height = await page
    .locator('.resource .inner')
    .first()
    .evaluate((inner) => inner.getBoundingClientRect().height)
  expect(height).toBeGreaterThan(50)
  await page.context().close()
})
