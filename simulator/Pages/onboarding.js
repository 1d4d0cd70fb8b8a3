// A public key goes to this simulator, and a message that only its owner can read comes back.

const form = document.getElementById('onboarding-form');
const said = document.getElementById('onboarding-said');
const message = document.getElementById('onboarding-message');

function show(text, wrong, sealed) {
  said.textContent = text;
  said.classList.toggle('wrong', wrong);
  message.textContent = sealed;
  message.hidden = sealed === '';
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const given = new FormData(form);
  const name = given.get('name').trim();
  try {
    const answer = await fetch('/_sim/onboarding' + (name ? `?name=${encodeURIComponent(name)}` : ''), { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: given.get('key') });
    const text = await answer.text();
    if (answer.status === 201) show('Only the owner of the private key can read this: gpg --decrypt', false, text);
    else if (answer.status === 202) show(`The admin is to approve first. Then the message is at ${location.origin}${JSON.parse(text).collect}`, false, '');
    else show(JSON.parse(text).detail ?? `HTTP ${answer.status}`, true, '');
  } catch {
    show('The simulator does not answer.', true, '');
  }
});
