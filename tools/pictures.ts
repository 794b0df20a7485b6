/**
 * Makes the pictures of the README from real output: `npm run pictures` writes `docs/pictures`. Needs a Chromium.
 *
 * They show examples/shop. Run it when the terminal or the HTML report has changed its looks; the same output gives the same
 * pictures, as far as Chromium and its fonts are the same.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { findChromium, startChromium } from '../e2e/browser/chromium.ts'
import { terminalPage } from './pictures/terminal-page.ts'
import { root } from './root.ts'

const FOLDER = join(root, 'docs/pictures')
const COMMAND = ['scan', 'control', 'C-0057', 'examples/shop', '-v']
const COLUMNS = 104
/** Pages that load slowly lose readers. */
const MOST_BYTES = 300 * 1024

function kubescape(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(join(root, 'bin/kubescape'), args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '', OTEL_SDK_DISABLED: 'true', ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

async function pictureTerminal(browser: Browser): Promise<string> {
  const output = kubescape(COMMAND, { FORCE_COLOR: '1', COLUMNS: String(COLUMNS) })
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 1.5 })
  await page.setContent(terminalPage(`kubescape ${COMMAND.join(' ')}`, output))
  const file = join(FOLDER, 'terminal.png')
  await page.locator('main').screenshot({ path: file })
  return file
}

async function pictureReport(browser: Browser): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kubescape-pictures-'))
  try {
    kubescape(['scan', 'examples/shop', '--format', 'html', '--output', join(folder, 'report')])
    const page = await browser.newPage({ viewport: { width: 1280, height: 1500 }, colorScheme: 'light' })
    await page.goto(pathToFileURL(join(folder, 'report.html')).href)
    // The one thing that differs from scan to scan.
    await page.evaluate(`document.querySelector('time').textContent = '1 December 2026, 09:00 UTC'`)
    const file = join(FOLDER, 'report.png')
    await page.screenshot({ path: file })
    return file
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (findChromium() === undefined) {
  console.error('pictures: there is no Chromium on PATH; name one with CHROMIUM')
  process.exit(1)
}
mkdirSync(FOLDER, { recursive: true })
const browser = await startChromium()
try {
  for (const file of [await pictureTerminal(browser), await pictureReport(browser)]) {
    const { size } = statSync(file)
    console.log(`${relative(root, file)} ${(size / 1024).toFixed(0)} KiB ${dimensions(file)}`)
    if (size > MOST_BYTES) process.exitCode = 1
  }
} finally {
  await browser.close()
}

/** Width and height of a PNG, which its header gives. */
function dimensions(file: string): string {
  const header = readFileSync(file)
  return `${header.readUInt32BE(16)} x ${header.readUInt32BE(20)}`
}
