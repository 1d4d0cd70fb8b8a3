// The client whose key is used: what it is asked by the routes that everybody has, and how that becomes elements of the
// page. What comes from a caller becomes text, never markup.

let key = '';

export const $ = id => document.getElementById(id);
export const use = given => { key = given; };

export function el(name, given, ...children) {
  const element = document.createElement(name);
  for (const [what, value] of Object.entries(given ?? {})) {
    if (what.startsWith('on')) element.addEventListener(what.slice(2), value);
    else if (value !== undefined) element.setAttribute(what, value);
  }
  element.append(...children.filter(child => child !== undefined && child !== null));
  return element;
}

export function say(id, text, wrong = false) {
  $(id).textContent = text;
  $(id).classList.toggle('wrong', wrong);
}

export const money = pounds => `£${pounds.toFixed(2)}`;
export const moment = text => text.slice(0, 19).replace('T', ' ');
export const button = (text, label, act) => el('button', { type: 'button', class: 'quiet', 'aria-label': label, onclick: act }, text);
export const badge = text => el('span', { class: `badge ${text.split(' ')[0]}` }, text);

// Only what a form says that is not empty.
export const filled = form => [...new FormData(form)].filter(([, value]) => value.trim() !== '');

export const ask = (path, init) => fetch(path, { ...init, headers: { 'X-API-KEY': key, ...init?.headers } });

export async function call(method, path, body) {
  const response = await ask(path, { method, headers: body && { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await response.text();
  let json = null;
  try { json = JSON.parse(text); } catch { /* A fault can leave anything. */ }
  return { ok: response.ok, status: response.status, json, text };
}

// What a control route answers, or null after its reason was shown.
export async function control(method, path, said, body) {
  try {
    const answer = await call(method, path, body);
    if (answer.ok) {
      if ($(said).classList.contains('wrong')) say(said, '');
      return answer.json ?? {};
    }
    say(said, answer.json?.detail ?? answer.json?.title ?? `HTTP ${answer.status}`, true);
  } catch {
    say(said, 'The simulator does not answer.', true);
  }
  return null;
}

// Puts rows into a list; those that stay keep focus, and what somebody opened in them.
export function show(list, rows) {
  if (rows.length === list.children.length && rows.every((row, i) => row === list.children[i])) return;
  const focused = document.activeElement;
  list.replaceChildren(...rows);
  if (focused?.isConnected && focused !== document.activeElement) focused.focus();
}
