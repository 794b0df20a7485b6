// Loaded into every Node.js process of a memory run: appends the peak resident size in KiB when the process ends.
// Not `process.resourceUsage().maxRSS`: across fork and exec Linux hands on what the parent once had. VmHWM starts anew.
const { appendFileSync, readFileSync } = require('node:fs')
const file = process.env.KUBESCAPE_RSS_FILE
process.on('exit', () => {
  const peak = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  if (file && peak) appendFileSync(file, `${peak}\n`)
})
