/**
 * `fetch` for answers of a few paragraphs: a body that goes on and on is an error long before it fills the memory.
 * @param mostBytes what an answer may have at most
 */
export function boundedFetch(mostBytes: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    let bytes = 0;
    const body = response.body?.pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          bytes += chunk.length;
          if (bytes > mostBytes) throw new Error(`its answer is longer than ${mostBytes} bytes`);
          controller.enqueue(chunk);
        },
      }),
    );
    return new Response(body ?? null, response);
  };
}
