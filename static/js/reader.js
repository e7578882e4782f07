// What each page runs. In production it is one file together with what it imports (wiki/static_files.py).

import "./theme.js";
import "./local_times.js";
import "./search_box.js";
import "./problems.js";
