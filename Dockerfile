# Vestibule with its Asterisk and its models in one image; see docker-compose.yml.
# No container engine is available where this is tested: the file is checked by hadolint, and its steps are
# done one by one in a plain root folder, which then answers as compose runs it (test/container-image.test.ts): in each
# run with what the checkout has fetched, and with scripts/test --full from nothing.
FROM node:20-bookworm-slim

SHELL ["/bin/bash", "-o", "pipefail", "-c"]

# Debian's own security updates are wanted, so no versions are pinned.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    ca-certificates debian-archive-keyring espeak-ng openssl python3 python3-pip make g++ \
  && rm -rf /var/lib/apt/lists/*

# The key lies beside the data, in a volume of its own: whoever copies the data has no key with it.
RUN useradd --create-home --uid 10001 vestibule \
  && install -d -o vestibule -g vestibule -m 0700 \
    /var/lib/vestibule/home /var/lib/vestibule/home-keys \
  && install -d -o vestibule -g vestibule /opt/vestibule

WORKDIR /opt/vestibule
COPY --chown=10001:10001 . .
USER 10001:10001

# Packages, Asterisk, models, compilation. The office that this makes on the way, with its passwords,
# is removed in the same layer: every installation makes its own at its first start.
RUN VESTIBULE_HOME=/tmp/set-up ./scripts/start --setup-only && rm -rf /tmp/set-up

ENV VESTIBULE_HOME=/var/lib/vestibule/home
VOLUME ["/var/lib/vestibule/home", "/var/lib/vestibule/home-keys"]
EXPOSE 5060/udp 5060/tcp 8443/tcp 20000-20099/udp

# Healthy means that calls are answered: Asterisk is up and the daemon serves its application.
HEALTHCHECK --interval=15s --timeout=5s --start-period=5m --retries=3 \
  CMD ["node", "-e", "const p=require('fs').readFileSync(process.env.VESTIBULE_HOME+'/asterisk/ari-password','utf8').trim();fetch('http://127.0.0.1:8088/ari/applications/vestibule',{headers:{authorization:'Basic '+btoa('vestibule:'+p)}}).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]

CMD ["./scripts/container"]
