// Loaded before the server (`--import`) by whoever starts it as a child: tells what the process uses, and ends it with its parent.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const millionth = 1e6
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()

process.on('message', (word) => {
  const { rss, heapUsed } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send?.({ rss, heapUsed, cpuMs: (user + system) / 1000, loopDelayP99Ms: delay.percentile(99) / millionth, loopDelayMaxMs: delay.max / millionth })
  if (word === 'reset') delay.reset()
})
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
