// Runs inline in index.html before anything is painted. Plain old JavaScript on purpose: it is not transpiled.
(function () {
  var root = document.documentElement
  var kept = function (name) { try { return localStorage.getItem(name) } catch { return null } }
  var theme = kept('theme')
  root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  var language = kept('language') || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en-US')
  root.lang = language === 'en-US' ? 'en-US' : 'zh-CN'

  var path = location.pathname
  var isDoor = path === '/sign-in' || path === '/set-up' || path === '/forgotten'
  // Pages for customers, who are no part of the console: nothing of it is asked for.
  var isForCustomers = /^\/(invite|my|specialist)(\/|$)/.test(path)
  // The token of an invitation leaves the address bar before anything else happens. The entry of the history keeps it for a reload.
  var token = (/^\/invite\/([^/]*)/.exec(path) || [])[1]
  if (token !== undefined) history.replaceState({ invite: token }, '', '/invite')
  var specialist = (/^\/specialist\/([^/]*)/.exec(path) || [])[1]
  if (specialist !== undefined) history.replaceState({ specialist: specialist }, '', '/my/specialist')
  root.dataset.boot = isDoor || isForCustomers ? 'sign-in' : 'app'
  if (!isDoor || path === '/sign-in') {
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
    if (isDoor) ask('GET', '/api/session/ways', null)
    else if (!isForCustomers) ask('GET', '/api/session', null)
    if (path === '/customers' && !location.search) ask('POST', '/api/customers/query', { page: 1, pageSize: 10, sort: '-associatedAt', filter: {} })
    if (/^[\w-]{22,64}$/.test(token || '')) ask('POST', '/api/invite/view', { token: token })
    if (path === '/my/partner') ask('GET', '/api/my/partner', null)
  }

  // Filled in by the build: the files; [pattern of the address, places in them]; and those of each language by what needs them.
  var chunks = /* CHUNKS */ { files: [], routes: [], languages: {} }
  var wanted = (chunks.languages[root.lang] || [])[path === '/forgotten' ? 4 : isDoor ? 0 : isForCustomers ? 3 : path === '/customers' ? 1 : 2] || []
  for (var i = 0; i < chunks.routes.length; i += 1) {
    if (new RegExp(chunks.routes[i][0]).test(path)) wanted = wanted.concat(chunks.routes[i][1])
  }
  wanted.forEach(function (place, index) {
    if (wanted.indexOf(place) !== index) return
    var file = chunks.files[place]
    var link = document.createElement('link')
    var isStyle = file.endsWith('css')
    link.rel = isStyle ? 'preload' : 'modulepreload'
    if (isStyle) { link.as = 'style'; link.crossOrigin = '' }
    link.href = '/' + file
    document.head.appendChild(link)
  })

  // The first formatter of dates makes the browser read its zone data, which is slow; here it does so while the code is still on its way.
  if (!isDoor) setTimeout(function () { new Intl.DateTimeFormat(root.lang, { timeZone: 'Asia/Shanghai', timeZoneName: 'longOffset', hour: '2-digit' }).format() })
})()
