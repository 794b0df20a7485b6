import { expect, test } from 'vitest'
import { terminalPage } from './terminal-page.ts'

test('colours and weights become markup, and end where they end', () => {
  expect(terminalPage('x', '\u001b[1mbold\u001b[0m \u001b[38;5;196mred\u001b[39m plain')).toContain(
    '<span style="font-weight:bold">bold</span> <span style="color:rgb(255,0,0)">red</span> plain',
  )
  expect(terminalPage('x', '\u001b[2mdim\u001b[22m \u001b[92mgreen\u001b[0m')).toContain(
    '<span style="opacity:.65">dim</span> <span style="color:#9fdcab">green</span>',
  )
})

test('text is no markup', () => {
  expect(terminalPage('a < b', '<b>&')).toContain('<b>a &lt; b</b>\n&lt;b&gt;&amp;</pre>')
})
