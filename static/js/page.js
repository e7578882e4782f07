// On a phone the contents begin folded; and a button prints, where there is a printer to ask for.

import { find, makeButton } from "./dom.js";

const contents = find(HTMLDetailsElement, ".rail details");
if (contents && !matchMedia("(min-width: 60rem)").matches) contents.open = false;

find(HTMLElement, "article > footer .tools")?.append(makeButton("Print", () => print(), "link"));
