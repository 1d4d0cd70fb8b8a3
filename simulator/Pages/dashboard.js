// Shows one client. What comes from a caller becomes text, never markup.

import { $, ask, badge, button, call, control, el, filled, moment, money, say, show, use as useKey } from './client.js';
import { messages } from './messages.js';

import './onboarding.js';

const PAGE = { calls: 50, vouchers: 25 };
const SLOT = 'imovo-key';
let key = '', generation = 0;

// ---- Key and first call

function freshKey() {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  return 'sim_' + [...crypto.getRandomValues(new Uint8Array(12))].map(byte => letters[byte % letters.length]).join('');
}

function stored(value) {
  try {
    if (value) sessionStorage.setItem(SLOT, value);
    return sessionStorage.getItem(SLOT);
  } catch {
    return null;
  }
}

const firstPath = '/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900123&value=20.00';

function use(given) {
  key = given;
  useKey(key);
  stored(key);
  $('key').value = key;
  say('first', `curl -X POST "${location.origin}${firstPath}" -H "X-API-KEY: ${key}"`);
  for (const said of document.querySelectorAll('.said')) say(said.id, '');
  say('live', 'Connecting…');
  generation++;
  forget();
  for (const form of ['journal-filter', 'voucher-filter', 'message-filter']) $(form).reset();
  journal.start();
  refresh();
}

// Nothing of the client before stays, above all where the next key is nobody's.
function forget() {
  vouchers.reset();
  messages.reset();
  for (const list of ['calls', 'faults']) $(list).replaceChildren();
  for (const text of ['limit-text', 'now', 'clock-mode']) say(text, '');
  for (const one of ['limit-bar', 'no-calls', 'no-vouchers', 'no-faults']) $(one).hidden = true;
  clock.known = false;
  shownFaults = '';
}

async function copy(element, text, said) {
  try {
    await navigator.clipboard.writeText(text);
    say(said, 'Copied.');
  } catch {
    // Browsers give the clipboard only to https and to this machine.
    getSelection().selectAllChildren(element);
    element.select?.();
    say(said, 'Press Ctrl-C to copy what is marked.');
  }
}

$('key-form').addEventListener('submit', event => { event.preventDefault(); use($('key').value.trim()); });
$('new-key').addEventListener('click', () => use(freshKey()));
$('copy-key').addEventListener('click', () => copy($('key'), key, 'start-said'));
$('copy-first').addEventListener('click', () => copy($('first'), $('first').textContent, 'start-said'));
$('call-first').addEventListener('click', async () => {
  const answer = await call('POST', firstPath).catch(() => null);
  say('start-said', answer ? `HTTP ${answer.status}: ${answer.text}` : 'No answer came.');
});

// ---- Calls

const journal = {
  entries: new Map(), waiting: [], next: null, newest: '0', atNewest: true, stop: null,

  query: () => new URLSearchParams(filled($('journal-filter'))),

  async start(before) {
    this.stop?.abort();
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.waiting = [];
    const query = this.query();
    query.set('limit', PAGE.calls);
    if (before) query.set('before', before);
    const page = await control('GET', `/_sim/journal?${query}`, 'live');
    if (signal.aborted) return;
    if (!page) {
      say('live', `${$('live').textContent} Trying again.`, true);
      setTimeout(() => { if (!signal.aborted) this.start(before); }, 3000);
      return;
    }
    this.atNewest = !before;
    this.next = page.next ?? null;
    this.entries = new Map(page.entries.map(entry => [entry.id, row(entry)]));
    $('calls').replaceChildren(...this.entries.values());
    $('no-calls').hidden = this.entries.size > 0;
    $('older-calls').disabled = !this.next;
    $('newest-calls').disabled = this.atNewest;
    if (this.atNewest) {
      this.newest = page.entries[0]?.id ?? '0';
      this.listen(signal);
    } else {
      say('live', 'Older calls. New ones are shown at the newest.');
    }
  },

  resume() {
    this.stop = new AbortController();
    this.listen(this.stop.signal);
  },

  // By fetch, since an EventSource sends no headers, and the key is one.
  async listen(signal) {
    while (!signal.aborted) {
      try {
        const response = await ask(`/_sim/journal/stream?${this.query()}`, { signal, headers: { 'Last-Event-ID': this.newest } });
        if (!response.ok) throw new Error();
        say('live', 'Live: calls appear as they come.');
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = ''; ;) {
          const { value, done } = await reader.read();
          if (done) break;
          const events = (rest + value).split('\n\n');
          rest = events.pop();
          for (const data of events.map(event => /^data: (.*)$/m.exec(event)).filter(Boolean)) this.heard(JSON.parse(data[1]));
        }
      } catch {
        if (signal.aborted) return;
      }
      if (signal.aborted) return;
      say('live', 'Not connected: trying again.');
      await new Promise(done => setTimeout(done, 1000));
    }
  },

  heard(entry) {
    if (BigInt(entry.id) > BigInt(this.newest)) this.newest = entry.id;
    if (this.waiting.push(entry) > PAGE.calls) this.waiting.shift();
    // Many calls at once are drawn at once.
    if (this.waiting.length === 1) setTimeout(() => this.draw(), 50);
    soon();
  },

  draw() {
    const came = this.waiting.filter(entry => !this.entries.has(entry.id));
    this.waiting = [];
    const rows = new Map([...came].reverse().map(entry => [entry.id, row(entry)]));
    $('calls').prepend(...rows.values());
    this.entries = new Map([...rows, ...this.entries]);
    for (const id of [...this.entries.keys()].slice(PAGE.calls)) {
      this.entries.get(id).remove();
      this.entries.delete(id);
      this.next = [...this.entries.keys()].at(-1);
    }
    $('older-calls').disabled = !this.next;
    $('no-calls').hidden = this.entries.size > 0;
  },
};

function row(entry) {
  const last = entry.why.at(-1);
  const opened = el('div', { class: 'opened' });
  const summary = el('summary', null,
    el('span', { class: 'head' },
      el('time', { class: 'digits' }, moment(entry.at).slice(11)), ' ', el('strong', null, entry.operation), ' ', badge(entry.outcome), ' ',
      el('span', { class: 'digits' }, entry.answer ? `HTTP ${entry.answer.status}` : 'no answer'), ' ',
      entry.code && el('span', { class: 'digits' }, entry.code), ' ', entry.reference && el('bdi', null, entry.reference), ' ',
      entry.fault && badge(`fault ${entry.fault.kind}`)),
    last && entry.outcome !== 'issued' && entry.outcome !== 'cancelled' ? el('span', { class: 'because' }, last.text) : null);
  const details = el('details', { ontoggle: () => { if (details.open && !opened.firstChild) opened.append(...story(entry)); } }, summary, opened);
  return el('li', null, details);
}

function* story(entry) {
  yield el('h3', null, 'Why');
  yield el('ol', null, ...entry.why.map(why => el('li', null, why.text, ...(why.facts ?? []).flatMap(fact => [' ', el('a', { href: `#fact-${fact}` }, fact)]))));
  if (entry.nearest) {
    yield el('h3', null, 'The nearest call that would have been good');
    yield el('ul', null, ...entry.nearest.changes.map(change => el('li', null, change)));
    yield text(`${entry.nearest.method} ${entry.nearest.target}${entry.nearest.body ? `\n\n${entry.nearest.body}` : ''}`, 'The nearest good call');
  }
  if (entry.ignored) yield el('p', null, `Not known to the operation, and ignored: ${entry.ignored.join(', ')}.`);
  if (entry.fault) yield el('p', null, `Struck by ${entry.fault.kind}, ${entry.fault.when}, asked for by ${entry.fault.by}.`);
  yield el('h3', null, 'Request');
  yield text(sent(`${entry.request.method} ${entry.request.target}`, entry.request), 'Request');
  yield el('h3', null, `Answer after ${entry.milliseconds} ms`);
  yield entry.answer ? text(sent(`HTTP ${entry.answer.status}`, entry.answer), 'Answer') : el('p', null, 'None came.');
  if (entry.lost) {
    yield el('h3', null, 'The answer that the fault kept back');
    yield text(sent(`HTTP ${entry.lost.status}`, entry.lost), 'The answer that was lost');
  }
  if (entry.curl) {
    yield el('h3', null, 'Again, by curl');
    yield text(entry.curl, 'The same call by curl');
  }
  if (entry.page) yield el('p', null, el('a', { href: entry.page }, `The page of voucher ${entry.code}`));
}

const sent = (line, { headers, body }) => [line, ...headers.map(({ name, value }) => `${name}: ${value}`), ...(body ? ['', body] : [])].join('\n');
const text = (content, label) => el('pre', { tabindex: '0', role: 'group', 'aria-label': label }, el('code', null, content));

$('journal-filter').addEventListener('submit', event => event.preventDefault());
$('journal-filter').addEventListener('change', () => journal.start());
$('older-calls').addEventListener('click', () => journal.start(journal.next));
$('newest-calls').addEventListener('click', () => journal.start());

// ---- Vouchers

const vouchers = {
  rows: new Map(), after: null, next: null, asked: 0,

  reset() {
    this.after = null;
    this.rows = new Map();
    $('voucher-list').replaceChildren();
    $('example').hidden = true;
  },

  async load() {
    const asked = ++this.asked;
    const query = new URLSearchParams(filled($('voucher-filter')));
    const code = query.get('code')?.trim();
    let found, next = null;
    if (code) {
      const answer = await call('GET', `/_sim/vouchers/${encodeURIComponent(code)}`).catch(() => null);
      found = answer?.ok ? [answer.json.voucher] : [];
    } else {
      for (const [name, value] of Object.entries({ limit: PAGE.vouchers, order: 'newest', count: 'false', ...(this.after && { after: this.after }) })) query.set(name, value);
      const page = await control('GET', `/_sim/vouchers?${query}`, 'voucher-said');
      if (!page) return;
      found = page.vouchers;
      next = page.next ?? null;
    }
    // Another question was put meanwhile.
    if (asked !== this.asked) return;
    this.show(found, next);
  },

  // Rows are kept while the state changes.
  show(found, next) {
    const name = voucher => `${voucher.voucherCode} ${voucher.issuedAt}`;
    const rows = new Map(found.map(voucher => [name(voucher), this.rows.get(name(voucher)) ?? voucherRow(voucher)]));
    for (const voucher of found) rows.get(name(voucher)).update(voucher);
    show($('voucher-list'), [...rows.values()].map(one => one.item));
    this.rows = rows;
    this.next = next;
    $('older-vouchers').disabled = !next;
    $('newest-vouchers').disabled = !this.after;
    $('no-vouchers').hidden = found.length > 0;
    const page = found.find(voucher => voucher.page)?.page;
    if (page) $('example').setAttribute('href', page);
    if (page) $('example').hidden = false;
  },
};

function voucherRow({ voucherCode: code, campaign, value, customerReference, page }) {
  const state = el('span'), until = el('span', { class: 'hint' }), opened = el('div', { class: 'opened' });
  const path = `/_sim/vouchers/${encodeURIComponent(code)}`;
  const act = (text, how) => button(text, `${text} ${code}`, async () => {
    say('voucher-said', `${code}: ${await how()}`);
    await refresh();
    if (opened.firstChild) await tell();
  });
  const redeem = async () => {
    const answer = await control('POST', `${path}/redeem`, 'voucher-said', { outlet: 'Dashboard', terminal: '1' });
    return answer ? answer.text : $('voucher-said').textContent;
  };
  const cancel = async () => {
    const answer = await call('POST', `/Voucher/CancelVoucher?voucherCode=${encodeURIComponent(code)}`).catch(() => null);
    return !answer ? 'no answer came' : answer.json?.successfulRequest ? 'cancelled' : answer.json?.errorMessages?.join('; ') ?? `HTTP ${answer.status}`;
  };
  const expire = async () => await control('POST', `${path}/expire`, 'voucher-said') ? 'expired' : $('voucher-said').textContent;
  const tell = async () => {
    const answer = await call('GET', path).catch(() => null);
    if (answer?.ok) opened.replaceChildren(...voucherStory(answer.json));
  };
  const history = button('History', `History of ${code}`, async () => {
    if (opened.firstChild) opened.replaceChildren(); else await tell();
    history.setAttribute('aria-expanded', String(opened.firstChild !== null));
  });
  history.setAttribute('aria-expanded', 'false');
  const item = el('li', null,
    el('p', { class: 'head' }, el('strong', { class: 'digits' }, code), ' ', state, ' ', el('span', null, `${money(value)} ${campaign}`), ' ', el('bdi', null, customerReference), ' ', until),
    el('p', { class: 'buttons' }, act('Redeem', redeem), ' ', act('Cancel', cancel), ' ', act('Expire', expire), ' ', history, ' ', page && el('a', { href: page, 'aria-label': `Open page of ${code}` }, 'Open page')),
    opened);
  const update = voucher => {
    if (state.textContent !== voucher.state) state.replaceChildren(badge(voucher.state));
    until.textContent = `until ${moment(voucher.expiresAt)}`;
  };
  return { item, update };
}

function voucherStory(told) {
  const known = [['Name', told.customerName], ['Address', told.address], ['Post code', told.postCode], ['Sent to', told.deliveryRecipient]].filter(([, value]) => value);
  return [
    el('ol', null, ...told.history.map(happened => el('li', null,
      [moment(happened.at), happened.what, happened.amount === undefined ? '' : money(happened.amount), happened.outlet && `at ${happened.outlet}`, happened.terminal && `terminal ${happened.terminal}`].filter(Boolean).join(' ')))),
    known.length > 0 ? el('dl', null, ...known.flatMap(([name, value]) => [el('dt', null, name), el('dd', { dir: 'auto' }, value)])) : null,
  ].filter(Boolean);
}

const pageTo = after => { vouchers.after = after; return vouchers.load(); };
$('voucher-filter').addEventListener('submit', event => event.preventDefault());
$('voucher-filter').addEventListener('change', () => pageTo(null));
$('older-vouchers').addEventListener('click', () => pageTo(vouchers.next));
$('newest-vouchers').addEventListener('click', () => pageTo(null));

// ---- Weekly limit

function showLimit(limit) {
  if (!limit) return;
  const bounded = limit.weeklyLimit !== undefined;
  $('limit-bar').hidden = !bounded;
  $('limit-bar').max = bounded ? limit.weeklyLimit || 1 : 1;
  $('limit-bar').value = bounded && limit.weeklyLimit === 0 ? 1 : limit.used;
  say('limit-text', `${limit.week ?? `${limit.from} to ${limit.to}`}: ${limit.arithmetic}.`);
}

const setLimit = async (method, body) => { say('limit-said', ''); showLimit(await control(method, '/_sim/limit', 'limit-said', body)); };
$('limit-form').addEventListener('submit', event => {
  event.preventDefault();
  const pounds = Number($('limit').value);
  if (Number.isFinite(pounds)) setLimit('PUT', { weeklyLimit: pounds });
  else say('limit-said', 'Pounds, such as 50.00.');
});
$('no-limit').addEventListener('click', () => setLimit('DELETE'));

// ---- Clock

const clock = { known: false, ahead: 0, frozen: null };
const london = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'medium', timeStyle: 'medium' });
const modes = { real: 'real time, in London', offset: 'runs apart from real time', frozen: 'stands still' };

function tick() {
  if (clock.known) say('now', london.format(clock.frozen ?? Date.now() + clock.ahead));
}

function showClock(body) {
  if (!body) return;
  const at = Date.parse(body.now);
  Object.assign(clock, { known: true, ahead: at - Date.now(), frozen: body.mode === 'frozen' ? at : null });
  say('clock-mode', modes[body.mode]);
  tick();
}

for (const one of document.querySelectorAll('[data-advance]')) {
  one.addEventListener('click', async () => {
    const moved = await control('POST', '/_sim/clock/advance', 'clock-said', { by: one.dataset.advance });
    if (!moved) return;
    const weeks = moved.weeksBegun.length > 0 ? ` Begun: ${moved.weeksBegun.join(', ')}.` : '';
    say('clock-said', `${moved.expired.count} ${moved.expired.count === 1 ? 'voucher' : 'vouchers'} expired.${weeks}`);
    refresh();
  });
}
for (const one of document.querySelectorAll('[data-clock]')) {
  one.addEventListener('click', async () => {
    const now = await control('GET', '/_sim/clock', 'clock-said');
    const mode = one.dataset.clock;
    if (!now || !await control('PUT', '/_sim/clock', 'clock-said', mode === 'offset' ? { mode, at: now.now } : { mode })) return;
    say('clock-said', '');
    refresh();
  });
}
setInterval(tick, 1000);

// ---- Faults

let shownFaults = '';

function showFaults(body) {
  const found = body?.faults;
  if (!found || JSON.stringify(found) === shownFaults) return;
  shownFaults = JSON.stringify(found);
  $('faults').replaceChildren(...found.map(fault => el('li', { class: 'fault' },
    el('span', null, el('strong', null, `${fault.id}. ${fault.kind}`), ` ${fault.when}`, fault.operation ? `, ${fault.operation}` : '', fault.campaign ? `, ${fault.campaign}` : '',
      fault.reference ? el('span', null, ', reference ', el('bdi', null, fault.reference)) : '', `: struck ${fault.struck}${fault.strikes ? ` of ${fault.strikes}` : ''}`),
    button('Remove', `Remove fault ${fault.id}`, async () => {
      await control('DELETE', `/_sim/faults/${fault.id}`, 'fault-said');
      await loadFaults();
      $('kind').focus();
    }))));
  $('no-faults').hidden = found.length > 0;
}

const loadFaults = async () => showFaults(await control('GET', '/_sim/faults', 'fault-said'));

function fields() {
  const { takes, after } = $('kind').selectedOptions[0].dataset;
  for (const label of document.querySelectorAll('#fault-form [data-of]')) {
    label.hidden = label.dataset.of === 'when' ? after === 'yes' : !takes.split(' ').includes(label.dataset.of);
    label.querySelector('input, select').disabled = label.hidden;
  }
}

$('kind').addEventListener('change', fields);
$('fault-form').addEventListener('submit', async event => {
  event.preventDefault();
  const numbers = ['status', 'retryAfter', 'milliseconds', 'strikes'];
  const asked = Object.fromEntries(filled($('fault-form')).map(([name, value]) => [name, numbers.includes(name) && /^[0-9]+$/.test(value) ? Number(value) : value]));
  say('fault-said', '');
  if (await control('POST', '/_sim/faults', 'fault-said', asked)) await loadFaults();
});
fields();

// ---- Facts

let facts = null;

async function loadFacts() {
  facts ??= control('GET', '/_sim/fidelity', 'facts-count');
  const all = await facts;
  if (!all || $('fact-list').firstChild) return;
  $('fact-list').replaceChildren(...all.map(fact => el('li', { id: `fact-${fact.id}`, tabindex: '-1' },
    el('p', { class: 'head' }, badge(fact.known), ' ', el('strong', null, fact.asks)),
    el('p', null, 'Here: ', el('code', null, fact.inForce), fact.isDefault ? '' : ' (set by the profile)', fact.answers.length > 1 ? `; it could also be ${fact.answers.filter(answer => answer !== fact.inForce).join(', ')}` : ''),
    el('p', { class: 'hint' }, `${fact.id}: ${fact.evidence}`))));
  const count = how => all.filter(fact => fact.known.startsWith(how)).length;
  say('facts-count', `${count('documented')} documented, ${count('observed')} observed, ${count('assumed')} assumed.`);
}

async function showFact() {
  if (!location.hash.startsWith('#fact-')) return;
  await loadFacts();
  $('facts').open = true;
  $(location.hash.slice(1))?.focus();
}

addEventListener('hashchange', showFact);
$('facts').addEventListener('toggle', loadFacts);

// ---- What is not told as it comes

let due = null;

// After calls that came, once for many of them.
function soon() {
  due ??= setTimeout(() => { due = null; refresh(); }, 250);
}

async function refresh() {
  const mine = generation;
  const [limit, now, faults] = await Promise.all([
    control('GET', '/_sim/limit', 'limit-said'), control('GET', '/_sim/clock', 'clock-said'), control('GET', '/_sim/faults', 'fault-said'), vouchers.load(), messages.load(),
  ]);
  // Of another key by now.
  if (mine !== generation) return;
  showLimit(limit);
  showClock(now);
  showFaults(faults);
}

// The till's and others' control calls are in no journal. A tab that nobody sees asks nothing, and leaves its connection to others.
setInterval(() => { if (!document.hidden) refresh(); }, 3000);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    journal.stop?.abort();
  } else {
    refresh();
    if (journal.atNewest) journal.resume();
  }
});

use(stored() ?? freshKey());
showFact();
