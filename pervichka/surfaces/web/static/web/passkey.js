// The one thing of signing in that needs a script: the browser's own talk with the device.
// The form's options go to the browser; what it answers comes back in the form.
const form = document.querySelector("form[data-passkey]");
const able = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;

async function ask(kind, options) {
  if (kind === "create") {
    return navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
    });
  }
  return navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  });
}

if (form && able) {
  form.hidden = false;
  document.querySelector("[data-passkey-unable]")?.remove();
  const failed = form.querySelector("[data-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const answer = await ask(form.dataset.passkey, JSON.parse(form.dataset.options).publicKey);
      form.elements.credential.value = JSON.stringify(answer.toJSON());
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
