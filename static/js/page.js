// On a phone the contents begin folded; and a button prints, where there is a printer to ask for.
const contents = document.querySelector(".rail details");
if (contents && !matchMedia("(min-width: 60rem)").matches) contents.open = false;

const tools = document.querySelector("article > footer .tools");
if (tools) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = "Print";
  button.addEventListener("click", () => print());
  tools.append(button);
}
