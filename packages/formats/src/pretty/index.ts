/** The terminal: tables, findings with their source, coverage and the overall score, for people. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'pretty-printer',
  description: 'tables and findings for people, in a terminal or a text file',
  extension: '.txt',
  forPeople: true,
  load: async () => (await import('./render.ts')).render,
})
