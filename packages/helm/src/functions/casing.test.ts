import { expect, test } from 'vitest'
import { callFunction } from '../../testing/call-function.ts'

test.each([
  ['upper', 'straße žluť', 'STRAßE ŽLUŤ'],
  ['lower', 'ŽLUŤ İI ΣΑΣ', 'žluť ii σασ'],
  ['title', "it's a žluť-kůň x_y 3rd", "It'S A Žluť-Kůň X_y 3rd"],
  ['title', 'ǆ ა', 'ǅ ა'],
  ['untitle', 'First  Try\tNow', 'first  try\tnow'],
  ['swapcase', 'aBc Ǆd', 'AbC ǆD'],
  ['initials', 'žluť kůň', 'Åk'],
])('%s of %j', (name, text, changed) => {
  expect(callFunction(name, text)).toBe(changed)
})

test.each([
  ['http_server', 'HttpServer'],
  ['no_HTTPS-now', 'NoHttpsNow'],
  ['__a__b_', '__A_B_'],
  ['someWord AGAIN', 'SomeWordAgain'],
  ['a', 'A'],
  ['__', '___'],
  ['', ''],
])('camelcase of %j', (text, changed) => {
  expect(callFunction('camelcase', text)).toBe(changed)
})

test.each([
  ['HTTPServerURL', 'http_server_url'],
  ['Bld4Floor3rd', 'bld4_floor_3rd'],
  ['HTTP2xx', 'http_2xx'],
  ['http2xxServer', 'http_2xx_server'],
  ['HTTP20xOK', 'http_20x_ok'],
  ['sample text--Name', 'sample_text__name'],
  ['a.b.FirstName', 'a.b.first_name'],
  ['3Words in 1', '3_words_in_1'],
  ['A', 'a'],
  ['中文Name', '中文_name'],
  ['Ab\ufffdC\ufffd \ufffd', 'ab_\ufffdc\ufffd_\ufffd'],
  ['\udc80', '\udc80'],
  ['', ''],
])('snakecase of %j', (text, changed) => {
  expect(callFunction('snakecase', text)).toBe(changed)
})

test('kebabcase joins the same words by hyphens', () => {
  expect(callFunction('kebabcase', 'HTTPServer GO_PATH')).toBe('http-server-go-path')
})
