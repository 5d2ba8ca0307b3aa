# Gatelodge as a container image: docs/running/docker.md. The tests do not run Docker: they replay these steps in a folder of
# their own (packages/gatelodge/tests/exhaustive/packaging/dockerfile.test.ts).

# The Node that the tests run on; package.json pins the same version.
FROM node:24.21.0-slim AS build
WORKDIR /opt/gatelodge
COPY .npmrc package.json package-lock.json ./
COPY packages/gatelodge/package.json packages/gatelodge/
RUN npm ci --ignore-scripts --loglevel=error
COPY tsconfig.base.json ./
COPY packages/gatelodge packages/gatelodge
RUN node packages/gatelodge/build.mjs && chmod 755 packages/gatelodge/dist/cli/main.js

# The packages that run with it, by the same lock file: no tools for building and testing.
FROM node:24.21.0-slim AS packages
WORKDIR /opt/gatelodge
COPY .npmrc package.json package-lock.json ./
COPY packages/gatelodge/package.json packages/gatelodge/
RUN npm ci --ignore-scripts --omit=dev --workspace=gatelodge --loglevel=error

FROM node:24.21.0-slim
WORKDIR /opt/gatelodge
COPY --from=packages /opt/gatelodge/node_modules node_modules
COPY packages/gatelodge/package.json packages/gatelodge/LICENSE packages/gatelodge/README.md packages/gatelodge/
COPY packages/gatelodge/lists packages/gatelodge/lists
COPY --from=build /opt/gatelodge/packages/gatelodge/assets packages/gatelodge/assets
COPY --from=build /opt/gatelodge/packages/gatelodge/dist packages/gatelodge/dist
# 1000 is the user `node` of the base image; a number, so that Kubernetes can see that it is not root.
RUN ln -s /opt/gatelodge/packages/gatelodge/dist/cli/main.js /usr/local/bin/gatelodge \
 && install -d -o 1000 -g 1000 -m 700 /var/lib/gatelodge

# 0.0.0.0 is the container's own network: who can reach it is decided where its port is published.
ENV NODE_ENV=production \
    GATELODGE_HOST=0.0.0.0 \
    GATELODGE_DATA_DIR=/var/lib/gatelodge
USER 1000:1000
EXPOSE 3000
VOLUME /var/lib/gatelodge
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["gatelodge", "healthcheck"]
# Node is process 1. It needs no init: Gatelodge stops on SIGTERM by itself and starts no programs that could be orphaned.
ENTRYPOINT []
CMD ["node", "--disallow-code-generation-from-strings", "/opt/gatelodge/packages/gatelodge/dist/cli/main.js", "serve"]
