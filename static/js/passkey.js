// Says in the page that a passkey was refused or put away; the library's script says it to nobody.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-error")?.removeAttribute("hidden");
});
