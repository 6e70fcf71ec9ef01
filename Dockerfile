# The dependencies of production alone; packages that run scripts on installing are named in package.json.
FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN ["npm", "ci", "--omit=dev", "--no-audit", "--no-fund"]

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Microcert" \
      org.opencontainers.image.description="Issues micro-credentials as Open Badges 3.0 and lets anyone check them" \
      org.opencontainers.image.licenses="EUPL-1.2"
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data
# For a volume, where the embedded database is used; with PostgreSQL nothing is written.
RUN ["install", "--directory", "--owner=node", "--group=node", "--mode=700", "/data"]
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY migrations ./migrations
COPY src ./src
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(Number(!answer.ok)), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
