/** SARIF 2.1.0: results with their places in files, for code scanning and editors. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'sarif',
  description: 'SARIF 2.1.0 with the line and column of every finding, for code scanning and editors',
  extension: '.sarif',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
