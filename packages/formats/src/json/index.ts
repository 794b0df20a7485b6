/** JSON: the whole report on one line, in the layout of one entry per control (v3) or per resource (v2). */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'json',
  description: 'the whole report as one JSON document (docs/report.schema.json)',
  extension: '.json',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
