// SPDX-License-Identifier: GPL-3.0-or-later
// Notices when the page comes back: to the front, to the network, out of the computer's sleep.

const kAwayMs = 60000;
const kTickMs = 3000;

/**
 * Calls `seen()` when somebody looks at the page again, `left()` when they look away, `network()` when the
 * network is back, `wake()` after more than a minute behind other windows or asleep, `tick()` every few seconds.
 */
export function watchAbsence({ seen, left, network, wake, tick }) {
    let hiddenSince = 0;
    let lastTick = Date.now();

    document.addEventListener('visibilitychange', () => {
        if (document.hidden) {
            hiddenSince = Date.now();
            left();
            return;
        }
        seen();
        if (hiddenSince !== 0 && Date.now() - hiddenSince > kAwayMs)
            wake();
    });
    window.addEventListener('focus', seen);
    window.addEventListener('blur', left);
    window.addEventListener('online', network);
    setInterval(() => {
        if (Date.now() - lastTick > kAwayMs)
            wake();
        lastTick = Date.now();
        tick();
    }, kTickMs);
}
