// Every behaviour here improves a page that works without it.
import "./js/palette.js";
import "./js/keys.js";
import "./js/forms.js";
import "./js/drop.js";
import "./js/toast.js";
import "./js/pop.js";
import "./js/lists.js";
import "./js/columns.js";
import "./js/cells.js";
import "./js/peek.js";
import "./js/badges.js";
import "./js/progress.js";
import "./js/compare.js";
import "./js/calendar.js";
import "./js/plan.js";
import "./js/board.js";
import "./js/sheet.js";
