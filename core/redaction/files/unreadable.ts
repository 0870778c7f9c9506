/** Why a file can't be read, as a clause that begins with "it": what holds it is left out. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}
