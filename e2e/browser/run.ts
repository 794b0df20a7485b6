/**
 * Journeys through the HTML report in a real browser: `npm run e2e:browser`. The last line is `N passed, N failed`, with
 * `, N skipped` where there were such; without a Chromium that is all of them.
 */
import { join } from 'node:path'
import { Journeys } from '../../tools/run-journeys.ts'
import { findChromium } from './chromium.ts'

const journeys = new Journeys('in a browser', join(import.meta.dirname, 'vitest.config.ts'), process.argv.slice(2))
if (findChromium() === undefined) journeys.skip('there is no Chromium on PATH')
else journeys.run()
