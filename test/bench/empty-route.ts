/** The baseline of reading: a Fastify route that answers `BYTES` bytes and does nothing else. */
import Fastify from 'fastify';

const body = 'x'.repeat(Number(process.env['BYTES']));
const app = Fastify();
app.get('/ready', (_request, reply) => reply.send('ready'));
app.get('/', (_request, reply) => reply.type('application/json').send(body));
process.once('SIGTERM', () => void app.close());
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
