/** Whether a whole text fits a pattern in which `*` stands for anything; takes no longer than the product of their lengths. */
export function fitsGlob(pattern: string, text: string): boolean {
  let [at, star, resumed] = [0, -1, 0];
  for (let index = 0; index < text.length;) {
    if (pattern[at] === "*") {
      star = at++;
      resumed = index;
    } else if (pattern[at] === text[index]) {
      at++;
      index++;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      index = ++resumed;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
