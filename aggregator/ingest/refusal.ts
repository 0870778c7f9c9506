/** A request that is answered with an HTTP status and one sentence; the connection and the server live on. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 416 | 422 | 503, sentence: string) {
    super(sentence);
    this.status = status;
  }
}
