/**
 * What scripts add to a page that is whole without them: search and filters, copying of commands, opening what a link leads to,
 * and everything open when it is printed. It reads and hides; it makes no markup from text, and fetches nothing.
 */
export const PAGE_SCRIPT: string = `'use strict';
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  for (const form of all('form[data-for]')) {
    const rows = all('tr[data-o]', document.getElementById(form.dataset.for));
    const chunks = all('.chunk', document.getElementById(form.dataset.for));
    const status = form.querySelector('output');
    let texts;
    let waiting = 0;
    const apply = () => {
      waiting = 0;
      texts ??= rows.map((row) => row.textContent.toLowerCase());
      const words = form.elements.q.value.toLowerCase().split(/\\s+/).filter(Boolean);
      const picks = all('select', form).filter(({ value }) => value !== '');
      let shown = 0;
      rows.forEach((row, i) => {
        const fits = words.every((word) => texts[i].includes(word)) &&
          picks.every(({ name, value }) => row.dataset[name].split(' ').includes(value));
        if (row.hidden === fits) row.hidden = !fits;
        if (fits) shown++;
      });
      for (const chunk of chunks) chunk.hidden = !chunk.querySelector('tr[data-o]:not([hidden])');
      status.value = shown === rows.length ? '' : shown + ' of ' + rows.length + ' shown';
    };
    form.hidden = false;
    form.addEventListener('input', () => { waiting ||= requestAnimationFrame(apply); });
    form.addEventListener('reset', () => setTimeout(apply));
    form.addEventListener('submit', (event) => event.preventDefault());
  }
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest('[hidden]')) for (const form of all('form[data-for]')) form.reset();
    for (let up = target.closest('details'); up; up = up.parentElement.closest('details')) up.open = true;
    setTimeout(() => target.scrollIntoView());
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
  for (const block of all('.cmd')) {
    if (!navigator.clipboard) break;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy the command: ' + block.textContent.trim());
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(block.querySelector('code').textContent);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
    block.classList.add('js');
    block.append(button);
  }
})();
`;
