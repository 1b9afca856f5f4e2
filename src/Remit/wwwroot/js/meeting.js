// A new meeting takes over how long its kind lasts and where it is held; what was typed by hand afterwards stays.
import { iso, set } from "./days.js";
const kind = document.querySelector('form[action="calendar/new"] [name=meeting_kind]');
kind?.addEventListener("change", () => {
  const { minutes, online } = kind.selectedOptions[0].dataset, form = kind.form;
  const end = new Date(iso(form.elements.starts_at) + "Z");
  if (!isNaN(end)) {
    end.setUTCMinutes(end.getUTCMinutes() + +minutes);
    set(form.elements.ends_at, end.toISOString().slice(0, 16));
  }
  form.elements.where.value = online ? "online" : "site";
});
