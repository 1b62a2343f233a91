// Runs inline in index.html before anything is painted. Plain old JavaScript on purpose: it is not transpiled.
(function () {
  var root = document.documentElement
  var kept = function (name) { try { return localStorage.getItem(name) } catch { return null } }
  var theme = kept('theme')
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  var language = kept('language') || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en-US')
  root.lang = language === 'en-US' ? 'en-US' : 'zh-CN'

  var path = location.pathname
  var isDoor = path === '/sign-in' || path === '/set-up'
  if (!isDoor) {
    root.dataset.boot = 'app'
    var headers = { Accept: 'application/json', 'Accept-Language': root.lang }
    var early = window.__early = []
    var ask = function (method, url, body) {
      var sent = { method: method, headers: headers, credentials: 'same-origin' }
      if (body) {
        sent.headers = Object.assign({ 'Content-Type': 'application/json' }, headers)
        sent.body = JSON.stringify(body)
      }
      var response = fetch(url, sent)
      response.catch(function () {})
      early.push({ method: method, path: url, body: body, response: response })
    }
    ask('GET', '/api/session', null)
    if (path === '/customers' && !location.search) ask('POST', '/api/customers/query', { page: 1, pageSize: 10, sort: '-associatedAt', filter: {} })
  } else root.dataset.boot = 'sign-in'

  // Filled in by the build: [pattern of the address, files], and the files of each language by what needs them.
  var chunks = /* CHUNKS */ { routes: [], languages: {} }
  var wanted = (chunks.languages[root.lang] || [])[isDoor ? 0 : path === '/customers' ? 1 : 2] || []
  for (var i = 0; i < chunks.routes.length; i += 1) {
    if (new RegExp(chunks.routes[i][0]).test(path)) wanted = wanted.concat(chunks.routes[i][1])
  }
  wanted.forEach(function (file, index) {
    if (wanted.indexOf(file) !== index) return
    var link = document.createElement('link')
    var isStyle = file.endsWith('css')
    link.rel = isStyle ? 'preload' : 'modulepreload'
    if (isStyle) link.as = 'style'
    link.href = '/' + file
    document.head.appendChild(link)
  })
})()
