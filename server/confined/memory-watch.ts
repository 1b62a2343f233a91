import { workerData } from 'node:worker_threads'

// Runs as a thread of the process that reads one file. A few megabytes can unfold to many thousand, and the thread that decodes them is too busy to look:
// the process ends before the machine is short of memory and takes it from the server.

const residentMax = Number(workerData)
const lookEvery = 25

setInterval(() => {
  if (process.memoryUsage.rss() > residentMax) process.kill(process.pid, 'SIGKILL')
}, lookEvery)
