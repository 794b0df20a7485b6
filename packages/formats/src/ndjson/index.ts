/** NDJSON: a finding on every line, for log pipelines, databases and jq. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'ndjson',
  description: 'a finding on every line, as a flat JSON object (docs/findings.schema.json)',
  extension: '.ndjson',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
