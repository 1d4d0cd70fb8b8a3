// What customers were sent, as it would look on a phone and in a mailbox.

import { $, ask, badge, button, control, el, filled, moment, say, show } from './client.js';

const PAGE = 25;

export const messages = {
  rows: new Map(), before: null, next: null, asked: 0,

  reset() {
    this.before = null;
    this.rows = new Map();
    $('message-list').replaceChildren();
    $('no-messages').hidden = true;
  },

  async load() {
    const asked = ++this.asked;
    const query = new URLSearchParams(filled($('message-filter')));
    for (const [name, value] of Object.entries({ limit: PAGE, count: 'false', ...(this.before && { before: this.before }) })) query.set(name, value);
    const page = await control('GET', `/_sim/messages?${query}`, 'message-said');
    // Another question was put meanwhile.
    if (!page || asked !== this.asked) return;
    this.rows = new Map(page.messages.map(message => [name(message), this.rows.get(name(message)) ?? row(message)]));
    for (const message of page.messages) this.rows.get(name(message)).update(message);
    show($('message-list'), [...this.rows.values()].map(one => one.item));
    this.next = page.next ?? null;
    $('older-messages').disabled = !this.next;
    $('newest-messages').disabled = !this.before;
    $('no-messages').hidden = page.messages.length > 0;
  },

  turn(before) {
    this.before = before;
    return this.load();
  },
};

// A client that began anew counts from the beginning.
const name = message => `${message.id} ${message.createdAt}`;
const ways = { sms: 'SMS', email: 'E-mail', none: 'No way' };

function row(message) {
  const state = el('span'), reason = el('p', { class: 'because' });
  const head = [
    el('time', { class: 'digits' }, moment(message.createdAt)), ' ', el('strong', null, ways[message.channel]), ' ', state, ' ',
    el('span', null, 'to ', el('bdi', null, message.to)),
  ];
  const item = el('li', null, ...(message.channel === 'email' ? mail(message, head, reason) : phone(message, head, reason)));
  const update = ({ state: now, reason: why, attempts }) => {
    if (state.textContent !== now) state.replaceChildren(badge(now));
    reason.textContent = [why, now === 'waiting' && attempts > 0 && `Tried ${attempts} ${attempts === 1 ? 'time' : 'times'}.`].filter(Boolean).join(' ');
  };
  return { item, update };
}

function phone(message, head, reason) {
  const { segments } = message;
  const bubble = el('div', { class: 'phone' },
    el('p', { class: message.channel === 'sms' ? 'bubble' : 'bubble lost', dir: 'auto' }, message.text),
    segments && el('p', { class: 'hint' }, `${segments.count} ${segments.count === 1 ? 'short message' : 'short messages'}, ${segments.characters} characters in ${segments.encoding}`));
  return [el('p', { class: 'head' }, ...head), reason, bubble, el('p', { class: 'buttons' }, ...actions(message))];
}

// Opened like a mail in its box.
function mail(message, head, reason) {
  const opened = el('div', { class: 'mail' });
  const details = el('details', { ontoggle: () => { if (details.open && !opened.firstChild) opened.append(...letter(message)); } },
    el('summary', null, el('span', { class: 'head' }, ...head, ' ', el('bdi', { class: 'subject' }, message.subject))), opened);
  const save = button('Download .eml', `Download .eml of message ${message.id}`, () => download(message));
  return [details, reason, el('p', { class: 'buttons' }, ...actions(message), ' ', save)];
}

function letter(message) {
  const code = message.voucherCode;
  return [
    el('p', { dir: 'auto' }, message.text),
    el('figure', null,
      el('img', { class: 'barcode', src: `/barcode.png?code=${encodeURIComponent(code)}`, alt: `Barcode of voucher ${code}`, height: '96' }),
      el('figcaption', { class: 'digits' }, code)),
    message.page && el('p', null, el('a', { href: message.page }, 'Open your voucher')),
  ].filter(Boolean);
}

function actions({ id, voucherCode: code, page }) {
  const again = button('Send again', `Send again ${code}, message ${id}`, async () => {
    if (!await control('POST', `/_sim/vouchers/${encodeURIComponent(code)}/resend`, 'message-said')) return;
    say('message-said', `The message of ${code} was sent again.`);
    await messages.turn(null);
  });
  return page ? [again, ' ', el('a', { href: page, 'aria-label': `Open page of ${code}, message ${id}` }, 'Open page')] : [again];
}

// By fetch, since a link sends no key.
async function download({ id, voucherCode: code }) {
  try {
    const response = await ask(`/_sim/messages/${encodeURIComponent(id)}/eml`);
    if (!response.ok) throw new Error();
    const link = el('a', { href: URL.createObjectURL(await response.blob()), download: `${code}-${id}.eml` });
    link.click();
    URL.revokeObjectURL(link.href);
    say('message-said', '');
  } catch {
    say('message-said', 'The e-mail could not be fetched.', true);
  }
}

$('message-filter').addEventListener('submit', event => event.preventDefault());
$('message-filter').addEventListener('change', () => messages.turn(null));
$('older-messages').addEventListener('click', () => messages.turn(messages.next));
$('newest-messages').addEventListener('click', () => messages.turn(null));
