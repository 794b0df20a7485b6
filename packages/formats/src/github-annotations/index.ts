/** GitHub annotations: workflow commands that mark lines of a pull request. */
import { defineFormat } from '../format.ts'

export default defineFormat({
  name: 'github-annotations',
  description: 'commands that make GitHub Actions mark the lines of the worst 50 failures',
  extension: '.txt',
  forPeople: false,
  load: async () => (await import('./render.ts')).render,
})
