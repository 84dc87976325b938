// A reverse proxy, as nginx is one without much configuration: each node in its turn, a connection for each request. A
// request goes to the next node when the first refuses the connection, and when it hangs up without a word on a request
// that may be repeated.
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { once } from 'node:events';

const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

export class Proxy {
  static async start(t) {
    const proxy = new Proxy();
    t.after(() => proxy.close());
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  constructor() {
    this.nodes = []; // { url, passed: requests answered, open: those it is at, broken: when those began it hung up on }
    this.turn = 0;
    this.server = http.createServer((request, response) => this.#serve(request, response));
  }

  add(url) {
    const node = { url, passed: 0, open: 0, broken: [] };
    this.nodes.push(node);
    return node;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }

  async #serve(request, response) {
    const body = await buffer(request);
    const first = this.turn++ % this.nodes.length;
    for (const node of [...this.nodes.slice(first), ...this.nodes.slice(0, first)]) {
      const failure = await this.#pass(node, request, body, response);
      if (!failure) return;
      if (failure.code !== 'ECONNREFUSED' && !repeatable.has(request.method)) break;
    }
    response.writeHead(502).end();
  }

  /** Nothing when the node's answer was passed on. */
  #pass(node, { method, url, headers }, body, response) {
    return new Promise((resolve) => {
      const began = performance.now();
      node.open++;
      const leave = (failure) => {
        node.open--;
        if (!failure) node.passed++;
        else if (failure.code !== 'ECONNREFUSED') node.broken.push(began);
        resolve(failure);
      };
      const inner = http.request(node.url + url, { method, headers, agent: false }, (answer) => {
        buffer(answer).then((content) => {
          response.writeHead(answer.statusCode, answer.headers).end(content);
          leave();
        }, leave);
      });
      inner.on('error', leave);
      inner.end(body);
    });
  }
}
