/** CSV: a row for every resource that a control did not pass, for spreadsheets. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'csv',
  description: 'a row for every resource that a control did not pass, for spreadsheets',
  extension: '.csv',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
